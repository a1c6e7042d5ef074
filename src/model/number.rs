//! stub
use rust_decimal::Decimal;
/// x
pub struct Written {
    /// x
    pub value: Decimal,
    /// x
    pub percent: bool,
}
/// x
#[derive(Debug)]
pub struct NumberFault;
impl std::fmt::Display for NumberFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("bad")
    }
}
impl NumberFault {
    /// x
    pub fn expected(&self) -> String {
        "number".into()
    }
}
/// x
pub fn number(t: &str) -> Result<Written, NumberFault> {
    let p = t.trim_end_matches('%');
    p.trim()
        .parse()
        .map(|value| Written {
            value,
            percent: p != t,
        })
        .map_err(|_| NumberFault)
}
