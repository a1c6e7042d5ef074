//! What a template is given, taken apart in one walk: its shape, and the texts
//! that fill a form of that shape.

use std::fmt::{self, Display, Write as _};

use serde::ser::{
    self, Impossible, Serialize, SerializeSeq, SerializeStruct, SerializeTuple, Serializer,
};

use super::Kept;

/// The shape and the texts of something that a template is given. It is made to
/// be used again and again.
#[derive(Debug, Default)]
pub(super) struct Outline {
    shape: Vec<u8>,
    texts: String,
    /// Where each text ends.
    ends: Vec<usize>,
    /// Whether it could be taken apart at all.
    whole: bool,
}

impl Outline {
    /// Takes apart what the template `name` is given.
    pub(super) fn of(&mut self, name: &str, given: &impl Serialize, kept: &Kept) {
        self.shape.clear();
        self.texts.clear();
        self.ends.clear();
        self.shape.extend_from_slice(name.as_bytes());
        self.shape.push(0);
        let walk = Walk {
            outline: self,
            kept,
            keeps: false,
        };
        let walked = given.serialize(walk);
        self.whole = walked.is_ok();
    }

    /// What tells a form from another: the template, what is there and what is
    /// not, and the texts that are kept.
    pub(super) fn shape(&self) -> &[u8] {
        &self.shape
    }

    /// How many texts fill the form; nothing that can be counted for what could
    /// not be taken apart.
    pub(super) fn texts(&self) -> usize {
        if self.whole {
            self.ends.len()
        } else {
            usize::MAX
        }
    }

    /// How long they are together.
    pub(super) fn length(&self) -> usize {
        self.texts.len()
    }

    /// One of them.
    pub(super) fn text(&self, at: usize) -> &str {
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before));
        let end = self.ends.get(at).copied().unwrap_or_default();
        self.texts
            .get(start.copied().unwrap_or_default()..end)
            .unwrap_or_default()
    }
}

/// A step of the walk.
struct Walk<'o> {
    outline: &'o mut Outline,
    kept: &'o Kept,
    /// Whether the field that is walked is kept.
    keeps: bool,
}

impl Walk<'_> {
    fn step(&mut self, keeps: bool) -> Walk<'_> {
        Walk {
            outline: self.outline,
            kept: self.kept,
            keeps,
        }
    }

    fn sign(self, sign: u8) {
        self.outline.shape.push(sign);
    }

    fn text(self, text: &str) {
        if text.is_empty() {
            self.sign(b'e');
        } else if self.keeps {
            let shape = &mut self.outline.shape;
            shape.push(b'k');
            shape.extend_from_slice(&text.len().to_le_bytes());
            shape.extend_from_slice(text.as_bytes());
        } else {
            self.outline.texts.push_str(text);
            self.outline.ends.push(self.outline.texts.len());
            self.sign(b'x');
        }
    }

    fn number(self, value: u64) {
        if value == 0 {
            self.sign(b'0');
        } else if self.keeps {
            let shape = &mut self.outline.shape;
            shape.push(b'n');
            shape.extend_from_slice(&value.to_le_bytes());
        } else {
            // Writing to a string cannot fail.
            let _ = write!(self.outline.texts, "{value}");
            self.outline.ends.push(self.outline.texts.len());
            self.sign(b'y');
        }
    }
}

/// A kind of data that no template of ours is given.
#[derive(Debug)]
pub(super) struct Unknown;

impl Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this kind of data has no outline")
    }
}

impl std::error::Error for Unknown {}

impl ser::Error for Unknown {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}

/// Refuses kinds of data that contexts do not use.
macro_rules! refuse {
    ($($name:ident($($kind:ty),*);)*) => {
        $(fn $name(self, $(_: $kind),*) -> Result<(), Unknown> { Err(Unknown) })*
    };
}

impl Serializer for Walk<'_> {
    type Ok = ();
    type Error = Unknown;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Impossible<(), Unknown>;
    type SerializeTupleVariant = Impossible<(), Unknown>;
    type SerializeMap = Impossible<(), Unknown>;
    type SerializeStruct = Self;
    type SerializeStructVariant = Impossible<(), Unknown>;

    fn serialize_bool(self, value: bool) -> Result<(), Unknown> {
        self.sign(if value { b't' } else { b'f' });
        Ok(())
    }

    fn serialize_u32(self, value: u32) -> Result<(), Unknown> {
        self.serialize_u64(value.into())
    }

    fn serialize_u64(self, value: u64) -> Result<(), Unknown> {
        self.number(value);
        Ok(())
    }

    fn serialize_str(self, value: &str) -> Result<(), Unknown> {
        self.text(value);
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Unknown> {
        self.sign(b'-');
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Unknown> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Unknown> {
        self.sign(b'-');
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Unknown> {
        value.serialize(self)
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Self, Unknown> {
        let length = length.ok_or(Unknown)?;
        self.outline.shape.push(b'[');
        self.outline.shape.extend_from_slice(&length.to_le_bytes());
        Ok(self)
    }

    fn serialize_tuple(self, length: usize) -> Result<Self, Unknown> {
        self.serialize_seq(Some(length))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Unknown> {
        self.outline.shape.push(b'{');
        Ok(self)
    }

    refuse! {
        serialize_i8(i8); serialize_i16(i16); serialize_i32(i32); serialize_i64(i64);
        serialize_u8(u8); serialize_u16(u16); serialize_f32(f32); serialize_f64(f64);
        serialize_char(char); serialize_bytes(&[u8]); serialize_unit_struct(&'static str);
        serialize_unit_variant(&'static str, u32, &'static str);
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Unknown> {
        Err(Unknown)
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, Unknown> {
        Err(Unknown)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Unknown> {
        Err(Unknown)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, Unknown> {
        Err(Unknown)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Unknown> {
        Err(Unknown)
    }
}

impl SerializeSeq for Walk<'_> {
    type Ok = ();
    type Error = Unknown;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unknown> {
        let keeps = self.keeps;
        value.serialize(self.step(keeps))
    }

    fn end(self) -> Result<(), Unknown> {
        Ok(())
    }
}

impl SerializeTuple for Walk<'_> {
    type Ok = ();
    type Error = Unknown;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unknown> {
        SerializeSeq::serialize_element(self, value)
    }

    fn end(self) -> Result<(), Unknown> {
        Ok(())
    }
}

impl SerializeStruct for Walk<'_> {
    type Ok = ();
    type Error = Unknown;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Unknown> {
        let keeps = self.kept.keeps(name);
        value.serialize(self.step(keeps))
    }

    fn end(self) -> Result<(), Unknown> {
        Ok(())
    }
}
