//! The columns that the two ledgers may have, by their names.

/// A column of a ledger and the headers it may have.
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What else it may be called.
    pub also: &'static [&'static str],
    /// What others call such a column, which is not read: some may mean two columns.
    pub meant: &'static [&'static str],
}

impl Column {
    /// Whether a header names this column.
    #[must_use]
    pub fn is_named(&self, header: &str) -> bool {
        self.name.eq_ignore_ascii_case(header) || self.also.contains(&header)
    }
}

const fn column(
    name: &'static str,
    also: &'static [&'static str],
    meant: &'static [&'static str],
) -> Column {
    Column { name, also, meant }
}

const KPI_COLUMN: Column = column(
    "kpi",
    &["指標代碼", "指標", "KPI"],
    &[
        "id",
        "code",
        "indicator",
        "編號",
        "代碼",
        "代號",
        "指標編號",
        "指標代號",
        "指標名稱",
        "kpi代碼",
        "kpi代號",
        "kpi編號",
        "kpi code",
        "kpi id",
    ],
);
const PERIOD_COLUMN: Column = column(
    "period",
    &["期別", "期間"],
    &[
        "year",
        "quarter",
        "month",
        "年",
        "年度",
        "年別",
        "季",
        "季別",
        "月份",
        "統計期",
    ],
);

/// The columns of a ledger of targets.
pub const TARGET_COLUMNS: [Column; 5] = [
    KPI_COLUMN,
    PERIOD_COLUMN,
    column(
        "target",
        &["目標", "目標值"],
        &["goal", "value", "數值", "目標數", "年度目標"],
    ),
    column(
        "set_on",
        &["設定日期", "訂定日期"],
        &["date", "日期", "訂定日", "設定日", "核定日期"],
    ),
    column(
        "reason",
        &["理由", "原因"],
        &["note", "備註", "說明", "修正理由"],
    ),
];

/// The columns of a ledger of results.
pub const RESULT_COLUMNS: [Column; 11] = [
    KPI_COLUMN,
    PERIOD_COLUMN,
    column(
        "value",
        &["數值", "實績", "實績值"],
        &[
            "result",
            "actual",
            "figure",
            "值",
            "實際值",
            "達成值",
            "結果",
            "數據",
        ],
    ),
    column("numerator", &["分子"], &[]),
    column("denominator", &["分母"], &[]),
    column(
        "published_on",
        &["公布日期", "發布日期"],
        &["date", "日期", "公布日", "發布日", "公告日期"],
    ),
    column("state", &["狀態"], &["status", "資料狀態"]),
    column("official_status", &["官方狀態"], &["燈號"]),
    column(
        "note",
        &["備註", "說明"],
        &["remark", "remarks", "comment", "註記", "附註", "註解"],
    ),
    column("source", &["來源", "資料來源"], &["資料出處", "出處"]),
    column("break", &["新序列"], &["新數列"]),
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
