//! Faults are told in the language of those who write the site.

use serde_json::Value;

use crate::site::{Run, Site, command};

/// A plan with two faults, on a site whose languages are these.
fn site(languages: &str) -> Site {
    Site::plan("title: Plan\nmision: x\nthemes: text\n").file(
        "content/site.yaml",
        format!("title: Test\nlanguages: {languages}\n"),
    )
}

#[test]
fn faults_are_told_in_the_language_of_the_content() {
    let told = site("[zh-Hant, en]").run(&["check"]);
    assert_eq!(told.code, 1);
    for words in [
        "錯誤[unknown-key]: scorecard.yaml 沒有 `mision` 這一項",
        "應為：下列之一：",
        "建議: 是否應為 `mission`？",
        "錯誤[wrong-type]: 此處應為清單，卻是文字",
        "2 個錯誤、0 個警告",
    ] {
        assert!(told.err.contains(words), "{words}\n{}", told.err);
    }
    let told = site("[en, zh-Hant]").run(&["check"]);
    assert!(
        told.err
            .contains("error[unknown-key]: scorecard.yaml has no key")
    );
    assert!(told.err.contains("help: did you mean `mission`?"));
    assert!(told.err.contains("2 errors, 0 warnings"));
}

#[test]
fn a_language_can_be_asked_for() {
    let english = site("[zh-Hant]").run(&["check", "--lang", "en"]);
    assert!(
        english.err.contains("has no key `mision`"),
        "{}",
        english.err
    );
    let chinese = site("[en]").run(&["build", "--lang", "zh-TW"]);
    assert!(
        chinese.err.contains("沒有 `mision` 這一項"),
        "{}",
        chinese.err
    );
    assert!(
        chinese.err.contains("網站沒有建成：內容有 2 個錯誤"),
        "{}",
        chinese.err
    );
    let unknown = site("[en]").run(&["check", "--lang", "xx"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("en, zh-Hant"), "{}", unknown.err);
}

#[test]
fn a_site_in_a_language_without_words_is_told_in_english() {
    let told = site("[ja]").run(&["check"]);
    assert!(told.err.contains("has no key `mision`"), "{}", told.err);
}

#[test]
fn what_programs_go_by_is_the_same_in_every_language() {
    let read = |language: &str| -> Vec<Value> {
        let run = site("[en]").run(&["check", "--format", "json", "--lang", language]);
        serde_json::from_str(&run.out).unwrap()
    };
    let (english, chinese) = (read("en"), read("zh-Hant"));
    assert_eq!(english.len(), 2);
    for (one, other) in english.iter().zip(&chinese) {
        for key in [
            "rule",
            "level",
            "file",
            "line",
            "column",
            "end_line",
            "end_column",
        ] {
            assert_eq!(one[key], other[key]);
        }
        assert_ne!(one["message"], other["message"]);
    }
    let run = site("[en]").run(&["check", "--format", "sarif", "--lang", "zh-Hant"]);
    let log: Value = serde_json::from_str(&run.out).unwrap();
    let result = &log["runs"][0]["results"][0];
    assert_eq!(result["level"], "error");
    let message = result["message"]["text"].as_str().unwrap();
    assert!(message.contains("建議: "), "{message}");
}

#[test]
fn the_summary_is_told_in_the_language_too() {
    let site = Site::small();
    let built = site.run(&["build", "--lang", "zh-Hant"]);
    assert_eq!(built.code, 0, "{}", built.err);
    assert!(built.out.contains("個警告"), "{}", built.out);
    let proven = site.run(&["verify", "public", "--lang", "zh-Hant"]);
    assert!(proven.out.contains("所公布的相同"), "{}", proven.out);
}

#[test]
fn no_language_changes_a_byte_of_the_site() {
    let site = Site::small();
    site.build();
    let english = crate::site::bytes(&site.path("public"));
    assert_eq!(site.run(&["build", "--lang", "zh-Hant"]).code, 0);
    assert_eq!(english, crate::site::bytes(&site.path("public")));
}

/// What a command says that has no site to go by, in an environment of this language.
fn without_a_site(arguments: &[&str], variable: &str, locale: &str) -> Run {
    let nowhere = Site::empty();
    let output = command(arguments)
        .current_dir(nowhere.path(""))
        .env(variable, locale)
        .output();
    Run::of(&output.unwrap())
}

#[test]
fn where_no_site_tells_the_language_it_is_asked_for_or_that_of_the_environment() {
    let told = without_a_site(&["init", "new"], "LANG", "zh_TW.UTF-8");
    assert_eq!(told.code, 0);
    assert!(
        told.out.starts_with("起始網站已建立在 new："),
        "{}",
        told.out
    );
    assert!(told.out.contains("first-steps.zh-Hant.md"), "{}", told.out);
    let asked = without_a_site(&["init", "new", "--lang", "zh-Hant"], "LANG", "C.UTF-8");
    assert_eq!(asked.out, told.out);
    let english = without_a_site(&["init", "new"], "LC_ALL", "en_US.UTF-8");
    assert!(english.out.starts_with("A starter site is in new:"));
    let lost = without_a_site(&["build"], "LC_MESSAGES", "zh_TW");
    assert_eq!(lost.code, 2);
    assert!(
        lost.err
            .contains("這裡與上層資料夾都沒有 content/site.yaml"),
        "{}",
        lost.err
    );
}

#[test]
fn what_is_wrong_with_a_command_is_told_in_the_language_of_the_site() {
    let site = Site::small().file("content/site.yaml", "title: T\nlanguages: [zh-Hant]\n");
    site.write("mine/file.txt", "x");
    for (arguments, words) in [
        (
            &["explain", "bad-cod"][..],
            "沒有規則 `bad-cod`；是否應為 `bad-code`？",
        ),
        (
            &["init", "content"],
            "content 不是空的；請指定尚不存在的資料夾",
        ),
        (&["build", "--as-of", "soon"], "`soon` 不是日期"),
        (&["build", "--base-url", "x"], "`x` 不是網址"),
        (
            &["build", "--output", "content/public"],
            "放著網站自己的原始檔",
        ),
        (
            &["build", "--output", "mine"],
            "有 1 個檔案不是先前建站所寫，例如 file.txt",
        ),
        (
            &["build", "--sign", "none"],
            "請提供 OpenSSH 的 Ed25519 金鑰",
        ),
        (&["check", "--against", "none"], "--against："),
        (
            &["merge", "whole", "mine"],
            "無法合併 mine：沒有建站的檔案清單",
        ),
        (
            &["theme", "eject", "stile.css"],
            "預設版型沒有 `stile.css` 這個檔案；是否應為 `style.css`？",
        ),
    ] {
        let told = site.run(arguments);
        assert_eq!(told.code, 2, "{arguments:?} {}", told.err);
        assert!(told.err.contains(words), "{words}: {}", told.err);
    }
}
