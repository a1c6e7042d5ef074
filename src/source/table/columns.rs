//! The columns that the two ledgers may have, by their names.

/// A column of a ledger and the headers it may have.
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What else it may be called.
    pub also: &'static [&'static str],
}

impl Column {
    /// Whether a header names this column.
    #[must_use]
    pub fn is_named(&self, header: &str) -> bool {
        self.name.eq_ignore_ascii_case(header) || self.also.contains(&header)
    }
}

const fn column(name: &'static str, also: &'static [&'static str]) -> Column {
    Column { name, also }
}

/// The columns of a ledger of targets.
pub const TARGET_COLUMNS: [Column; 5] = [
    column("kpi", &["指標", "指標代碼", "KPI"]),
    column("period", &["期別", "期間"]),
    column("target", &["目標", "目標值"]),
    column("set_on", &["設定日期", "訂定日期"]),
    column("reason", &["理由", "原因"]),
];

/// The columns of a ledger of results.
pub const RESULT_COLUMNS: [Column; 11] = [
    column("kpi", &["指標", "指標代碼", "KPI"]),
    column("period", &["期別", "期間"]),
    column("value", &["數值", "實績", "實績值"]),
    column("numerator", &["分子"]),
    column("denominator", &["分母"]),
    column("published_on", &["公布日期", "發布日期"]),
    column("state", &["狀態"]),
    column("official_status", &["官方狀態"]),
    column("note", &["備註", "說明"]),
    column("source", &["來源", "資料來源"]),
    column("break", &["新序列"]),
];

/// The columns of the ledger in a file whose name begins so.
#[must_use]
pub fn columns_of(stem: &str) -> &'static [Column] {
    match stem {
        "targets" => &TARGET_COLUMNS,
        "measurements" => &RESULT_COLUMNS,
        _ => &[],
    }
}
