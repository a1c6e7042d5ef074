//! What the preview alone adds to a page: the script that keeps it current, and
//! the permission to run it.

/// Where the preview's own files are; no page of a site begins with a dot.
pub(super) const OWN: &str = "/.scorepress/";
/// The script.
pub(super) const SCRIPT: &str = include_str!("preview.js");

/// What the policy of the page begins with in the preview.
const PERMISSION: &str = "script-src &#39;self&#39;; ";
/// And this, where the page may not ask its own server for anything yet.
const CONNECTION: &str = "connect-src &#39;self&#39;; ";
/// Where the policy of a page begins.
const POLICY: &str = "http-equiv=\"Content-Security-Policy\" content=\"";

/// The page with the script.
pub(super) fn with_script(page: &[u8], version: u64) -> Vec<u8> {
    let page = String::from_utf8_lossy(page);
    let script = format!("<script src=\"{OWN}preview.js\" data-version=\"{version}\"></script>");
    let mut out = String::with_capacity(page.len() + script.len() + PERMISSION.len());
    let rest = match page.split_once(POLICY) {
        Some((before, after)) => {
            out.push_str(before);
            out.push_str(POLICY);
            out.push_str(PERMISSION);
            let policy = after.split('"').next().unwrap_or_default();
            if !policy.contains("connect-src") {
                out.push_str(CONNECTION);
            }
            after
        }
        None => &page,
    };
    let end = rest.rfind("</body>").unwrap_or(rest.len());
    let (before, after) = rest.split_at(end);
    out.push_str(before);
    out.push_str(&script);
    out.push_str(after);
    out.into_bytes()
}

/// A page for when there is no other: the script shows the faults on it.
pub(super) fn empty(version: u64) -> Vec<u8> {
    let page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<meta {POLICY}default-src &#39;none&#39;\">\n<title>Scorepress</title>\n</head>\n<body>\n</body>\n</html>\n"
    );
    with_script(page.as_bytes(), version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_and_its_permission_are_the_only_things_that_are_added() {
        let script = "<script src=\"/.scorepress/preview.js\" data-version=\"7\"></script>";
        for (policy, added) in [
            ("connect-src &#39;self&#39;", PERMISSION.to_owned()),
            (
                "default-src &#39;none&#39;",
                format!("{PERMISSION}{CONNECTION}"),
            ),
        ] {
            let page = format!("<meta {POLICY}{policy}\"><body></body></html>\n");
            let served = String::from_utf8(with_script(page.as_bytes(), 7)).unwrap();
            assert!(served.contains(&format!("{POLICY}{added}{policy}\">")));
            assert!(served.contains(&format!("{script}</body>")));
            let without = served.replacen(script, "", 1).replacen(&added, "", 1);
            assert_eq!(without, page);
        }
    }
}
