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
        (&["build", "--sign", "none"], "沒有 none 這個檔案；請給私鑰"),
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

/// The one fault of a site, told in a language: its message, what was expected, the help.
fn one(site: &Site, language: &str) -> [String; 3] {
    let run = site.run(&["check", "--format", "json", "--lang", language]);
    let mut faults: Vec<Value> = serde_json::from_str(&run.out).unwrap();
    faults.retain(|fault| fault["level"] != "note");
    assert_eq!(faults.len(), 1, "{faults:#?}");
    let text = |key: &str| faults[0][key].as_str().unwrap_or_default().to_owned();
    let (expected, message) = (text("expected"), text("message"));
    // The message ends in what was expected.
    let message = match message.strip_suffix(&expected) {
        Some(message) if !expected.is_empty() => message
            .trim_end_matches("; expected ")
            .trim_end_matches("；應為：")
            .to_owned(),
        _ => message,
    };
    [message, expected, text("help")]
}

#[test]
fn a_message_quotes_the_content_in_its_own_language() {
    let bilingual = "title: T\nlanguages: [en, zh-Hant]\n";
    let unit = Site::kpi(
        "unit: {en: accidents, zh-Hant: 件}\ndirection: lower\n",
        "kpi,period,value\nAC1.1,2025,3%\n",
    )
    .file("content/site.yaml", bilingual);
    assert_eq!(
        one(&unit, "zh-Hant")[0],
        "`3%` 是百分比，但 AC1.1 的單位是件"
    );
    assert_eq!(
        one(&unit, "en")[0],
        "`3%` is a percentage, but the unit of AC1.1 is accidents"
    );
    let plan = "title: P\nperspectives:\n  - {code: C, name: {en: Customer, zh-Hant: 顧客}}\n  - {code: P, name: {en: Process, zh-Hant: 內部流程}}\nthemes:\n  - code: A\n    name: T\n    objectives:\n      - {code: AC1, name: O, drives: [AP1]}\n      - {code: AP1, name: O}\n";
    let down = Site::plan(plan).file("content/site.yaml", bilingual);
    assert_eq!(
        one(&down, "zh-Hant")[0],
        "AC1（顧客）影響 AP1（內部流程），後者卻在下方"
    );
    assert!(one(&down, "en")[0].starts_with("AC1 (Customer) drives AP1 (Process)"));
}

#[test]
fn words_of_the_ledgers_are_listed_in_both_spellings() {
    let state = Site::kpi(
        "direction: lower\n",
        "kpi,period,value,state\nAC1.1,2025,3,暫訂\n",
    );
    let [_, expected, help] = one(&state, "zh-Hant");
    assert_eq!(
        expected,
        "留空，或下列之一：final（確定）、provisional（初步、暫定）、withheld（不公開）、not_collected（未蒐集）、discontinued（停用）"
    );
    assert_eq!(help, "是否應為 `暫定`？");
    assert_eq!(
        one(&state, "en")[1],
        "nothing, or one of final, provisional, withheld, not_collected, discontinued"
    );
    for (header, meant) in [
        ("指標編號", "指標代碼"),
        ("KPI代號", "指標代碼"),
        ("指標代號", "指標代碼"),
        ("code", "kpi"),
    ] {
        let ledger = format!("{header},period,value\nAC1.1,2025,3\n");
        let site = Site::kpi("direction: lower\n", &ledger);
        let [_, expected, help] = one(&site, "zh-Hant");
        assert_eq!(help, format!("是否應為 `{meant}`？"));
        assert!(expected.starts_with("下列之一：kpi（指標代碼、指標）、period（期別、期間）"));
    }
}

#[test]
fn a_frequency_is_said_in_words() {
    let site = Site::kpi(
        "direction: lower\nfrequency: quarter\n",
        "kpi,period,value\nAC1.1,2025-03,3\n",
    );
    assert_eq!(
        one(&site, "zh-Hant")[0],
        "AC1.1 的衡量頻率為每季，不是 2025 年 3 月"
    );
    assert_eq!(
        one(&site, "en")[0],
        "AC1.1 is measured every quarter, not over 2025-03"
    );
}

/// A site with the calendar of the Republic of China.
fn roc(keys: &str, measurements: &str) -> Site {
    let site = Site::kpi(keys, measurements);
    let moved = |from: &str, to: &str| std::fs::rename(site.path(from), site.path(to)).unwrap();
    moved("content/org/2025", "content/org/114");
    site.file(
        "content/site.yaml",
        "title: T\nlanguages: [zh-Hant]\ncalendar: roc\n",
    )
}

#[test]
fn a_site_is_answered_in_its_own_calendar() {
    let ledger = |rows: &str| format!("kpi,period,value,published_on\n{rows}\n");
    let quarters = "direction: lower\nfrequency: quarter\n";
    for (keys, row, words) in [
        (
            quarters,
            "AC1.1,114Q1,3,",
            [
                "`114Q1` 不是期別",
                "111、111-H1、111-Q3、111-07 或 111-07-01/112-06-30",
                "請寫 `114-Q1`",
            ],
        ),
        (
            quarters,
            "AC1.1,114-Q1,3,114/5/1日",
            [
                "`114/5/1日` 不是日期",
                "年-月-日，例如 111-03-15",
                "請寫 `114-05-01`",
            ],
        ),
        (
            quarters,
            "AC1.1,114-03,3,",
            [
                "AC1.1 的衡量頻率為每季，不是 114 年 3 月",
                "114 年、其中一段，或更早的期別",
                "114 年 3 月落在 `114-Q1` 之內；請改寫為該期別，若指標確實如此頻繁衡量，請設 `frequency: month`",
            ],
        ),
        (
            quarters,
            "AC1.1,115-Q1,3,",
            [
                "115 年第 1 季不在計畫期間 114 年之內",
                "114 年、其中一段，或更早的期別",
                "請更正期別，或把這一列放到該年度的計分卡 `org/115`",
            ],
        ),
        (
            quarters,
            "AC1.1,114-Q4,3,114-10-15",
            [
                "AC1.1 的 114 年第 4 季實績於 114-10-15 公布，早於期末 114-12-31",
                "已結束期別的實績",
                "請更正期別或日期；累計至某日的數字有自己的期別，例如 114-10-01/114-10-15；仍可能變動的數值請用狀態 `provisional`（初步）",
            ],
        ),
        (
            quarters,
            "AC1.9,114-Q1,3,",
            [
                "org/114 沒有指標 `AC1.9`",
                "這份計分卡中指標的代碼",
                "AC1 之下有 AC1.1：請寫其中之一，或補上缺少的項目",
            ],
        ),
    ] {
        let told = one(&roc(keys, &ledger(row)), "zh-Hant");
        assert_eq!(told[..2], words[..2]);
        assert!(told[2].contains(words[2]), "{}", told[2]);
    }
    let folder = roc("direction: higher\n", "kpi,period,value\n");
    std::fs::rename(
        folder.path("content/org/114"),
        folder.path("content/org/114年度"),
    )
    .unwrap();
    let [message, expected, help] = one(&folder, "zh-Hant");
    assert_eq!(message, "資料夾 `114年度` 的名稱不是期間");
    assert!(expected.starts_with("111、111-H1"), "{expected}");
    assert_eq!(help, "請把資料夾改名為 `114`");
    let eased = roc("direction: higher\n", &ledger("AC1.1,114,3,")).file(
        "content/org/114/targets.csv",
        "kpi,period,target,set_on\nAC1.1,114,9,113-12-01\nAC1.1,114,8,114-06-01\n",
    );
    assert_eq!(
        one(&eased, "zh-Hant")[0],
        "AC1.1 的 114 年目標放寬了，卻沒有說明理由"
    );
}

#[test]
fn a_result_of_a_period_that_had_not_begun_has_the_wrong_year() {
    let site = Site::kpi(
        "direction: lower\nfrequency: month\n",
        "kpi,period,value,published_on\nAC1.1,2025-01,3,2024-02-14\n",
    );
    let [message, _, help] = one(&site, "en");
    assert!(message.contains("published on 2024-02-14, before the period ended on 2025-01-31"));
    assert_eq!(
        help,
        "the period had not begun by that day: correct the period or the date, most likely the year"
    );
}

#[test]
fn a_share_above_the_whole_is_shown_as_people_write_it() {
    let ratio = |numerator: &str| {
        let site = Site::kpi(
            "unit: \"%\"\ndirection: higher\n",
            &format!("kpi,period,numerator,denominator\nAC1.1,2025,{numerator},103\n"),
        );
        one(&site, "en")[0].clone()
    };
    assert_eq!(ratio("112.5"), "109.2% is more than the whole");
    assert_eq!(ratio("103.01"), "100.01% is more than the whole");
}
