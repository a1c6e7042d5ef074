//! Addresses in a repository: what the address of a source line tells of that of a
//! commit.

/// What stands between a repository and a file in it, and before a commit, on the
/// services that are known.
const FORMS: &[(&str, &str)] = &[
    // GitLab
    ("/-/blob/", "/-/commit/"),
    ("/-/blame/", "/-/commit/"),
    // Gitea, Forgejo
    ("/src/branch/", "/commit/"),
    ("/src/commit/", "/commit/"),
    ("/src/tag/", "/commit/"),
    // GitHub
    ("/blob/", "/commit/"),
    ("/blame/", "/commit/"),
];

/// The address of a commit, with `{commit}`, beside that of a source line.
pub fn commit_address(line: &str) -> Option<String> {
    let host = line.split_once("://")?.1;
    let bitbucket = [("/src/", "/commits/")];
    let forms = if host.starts_with("bitbucket.org/") {
        &bitbucket[..]
    } else {
        FORMS
    };
    let found = (forms.iter()).find_map(|(file, commit)| Some((line.split_once(file)?.0, commit)));
    let (repository, commit) = found?;
    // The form stood behind the host.
    repository
        .split_once("://")?
        .1
        .contains('/')
        .then(|| format!("{repository}{commit}{{commit}}"))
}

#[cfg(test)]
mod tests {
    use super::commit_address;

    #[test]
    fn known_services_tell_where_their_commits_are() {
        let of = |line: &str| commit_address(line).unwrap_or_default();
        for (line, commit) in [
            (
                "https://github.com/o/r/blob/main/{path}#L{line}",
                "https://github.com/o/r/commit/{commit}",
            ),
            (
                "https://gitlab.org/g/s/r/-/blob/{commit}/{path}#L{line}",
                "https://gitlab.org/g/s/r/-/commit/{commit}",
            ),
            (
                "https://codeberg.org/o/r/src/commit/{commit}/{path}#L{line}",
                "https://codeberg.org/o/r/commit/{commit}",
            ),
            (
                "https://bitbucket.org/o/r/src/main/{path}#lines-{line}",
                "https://bitbucket.org/o/r/commits/{commit}",
            ),
            ("https://cgit.example.org/r/tree/{path}#n{line}", ""),
            ("https://example.org/blob/{path}", ""),
        ] {
            assert_eq!(of(line), commit);
        }
    }
}
