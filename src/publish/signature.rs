//! Signatures of the manifest in the format of OpenSSH, so that
//! `ssh-keygen -Y verify` accepts them and anybody can check them without this
//! program.

use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

use ssh_key::{Algorithm, HashAlg, LineEnding, PrivateKey, PublicKey, SshSig};

use crate::message::Message;
use crate::say;

/// The place of the signature of the manifest in the site.
pub const SIGNATURE: &str = "manifest.json.sig";
/// What a signature is for, as OpenSSH names it for files.
const NAMESPACE: &str = "file";

/// The key that signs a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SigningKey(PrivateKey);

/// Why a key is of no use.
#[derive(Debug)]
pub enum KeyFault {
    /// There is no such file; what it should hold.
    Absent(PathBuf, Half),
    /// It cannot be read.
    Unreadable(PathBuf, io::Error),
    /// It is not in the format.
    NoKey(PathBuf, ssh_key::Error),
    /// It is the one half of a key where the other is needed.
    OtherHalf(PathBuf, Half),
    /// It is of another kind.
    OtherKind(PathBuf, String),
    /// It is protected by a passphrase.
    Locked(PathBuf),
}

/// A half of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Half {
    /// The secret one, which signs.
    Private,
    /// The one that others know it by.
    Public,
}

impl KeyFault {
    /// What is wrong, and what to do.
    #[must_use]
    pub fn said(&self) -> Message {
        let shown = |path: &Path| path.display().to_string();
        match self {
            Self::Absent(path, Half::Private) => say!(
                "there is no file {path}; give the private key, which `ssh-keygen -t ed25519` makes",
                path = shown(path)
            ),
            Self::Absent(path, Half::Public) => say!(
                "there is no file {path}; give the public key of the office, a file that ends in `.pub`",
                path = shown(path)
            ),
            Self::Unreadable(path, cause) => say!(
                "cannot read {path}: {cause}",
                path = shown(path),
                cause = cause.to_string()
            ),
            Self::NoKey(path, cause) => say!(
                "{path} holds no key ({cause}); give an Ed25519 key of OpenSSH, as `ssh-keygen -t ed25519` makes it",
                path = shown(path),
                cause = cause.to_string()
            ),
            Self::OtherHalf(path, Half::Public) => say!(
                "{path} is the public key; give the private one, which signs: the file of the same name without `.pub`",
                path = shown(path)
            ),
            Self::OtherHalf(path, Half::Private) => say!(
                "{path} is the private key, which stays secret; give the public one: the file of the same name with `.pub`",
                path = shown(path)
            ),
            Self::OtherKind(path, kind) => say!(
                "{path} is a key of the kind {kind}; only Ed25519 keys sign sites: make one with `ssh-keygen -t ed25519`",
                path = shown(path),
                kind
            ),
            Self::Locked(path) => say!(
                "{path} is protected by a passphrase, which nobody can type in a build; sign afterwards with `ssh-keygen -Y sign -n file -f {path} public/manifest.json`, or use a key without one",
                path = shown(path)
            ),
        }
    }
}

impl fmt::Display for KeyFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(f)
    }
}

impl std::error::Error for KeyFault {}

/// The text of a key, and which half it is.
fn read(path: &Path, wanted: Half) -> Result<String, KeyFault> {
    let bytes = fs::read(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => KeyFault::Absent(path.to_path_buf(), wanted),
        _ => KeyFault::Unreadable(path.to_path_buf(), error),
    })?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let half = if text.contains("PRIVATE KEY-----") {
        Some(Half::Private)
    } else {
        let is_public = PublicKey::from_openssh(&text).is_ok();
        is_public.then_some(Half::Public)
    };
    match half {
        Some(half) if half != wanted => Err(KeyFault::OtherHalf(path.to_path_buf(), half)),
        _ => Ok(text),
    }
}

impl SigningKey {
    /// Reads a private key.
    ///
    /// # Errors
    /// When it cannot sign: the message says why and what to do.
    pub fn open(path: &Path) -> Result<Self, KeyFault> {
        let own = || path.to_path_buf();
        let key = PrivateKey::from_openssh(read(path, Half::Private)?)
            .map_err(|cause| KeyFault::NoKey(own(), cause))?;
        if key.is_encrypted() {
            return Err(KeyFault::Locked(own()));
        }
        if key.algorithm() != Algorithm::Ed25519 {
            let kind = key.algorithm().to_string();
            return Err(KeyFault::OtherKind(own(), kind));
        }
        Ok(Self(key))
    }

    /// What tells the key from others, as OpenSSH writes it: `SHA256:…`.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        self.0.fingerprint(HashAlg::Sha256).to_string()
    }

    /// The signature of a manifest. The same key and text give the same bytes.
    pub(super) fn sign(&self, manifest: &[u8]) -> Result<Vec<u8>, ssh_key::Error> {
        let signature = self.0.sign(NAMESPACE, HashAlg::Sha512, manifest)?;
        Ok(signature.to_pem(LineEnding::LF)?.into_bytes())
    }
}

/// A public key that a signature is held against.
#[derive(Clone, Debug)]
pub struct KnownKey(PublicKey);

impl KnownKey {
    /// Reads a public key, such as `id_ed25519.pub`.
    ///
    /// # Errors
    /// When it is not there or is no key.
    pub fn open(path: &Path) -> Result<Self, KeyFault> {
        PublicKey::from_openssh(&read(path, Half::Public)?)
            .map(Self)
            .map_err(|cause| KeyFault::NoKey(path.to_path_buf(), cause))
    }
}

/// What a signature turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signed {
    /// By the key with this fingerprint.
    By(String),
    /// By a key with this fingerprint, which is not the one that was named.
    ByAnother(String),
    /// By nobody: it is no signature of this manifest.
    Broken,
}

/// Checks a signature of a manifest, against a key if one is named.
#[must_use]
pub fn check(text: &[u8], manifest: &[u8], known: Option<&KnownKey>) -> Signed {
    let Ok(signature) = SshSig::from_pem(text) else {
        return Signed::Broken;
    };
    // Text that says the same in another way was touched all the same, and OpenSSH
    // refuses some of it.
    let again = signature.to_pem(LineEnding::LF);
    if !again.is_ok_and(|again| again.as_bytes() == text) {
        return Signed::Broken;
    }
    let key = PublicKey::from(signature.public_key().clone());
    if key.verify(NAMESPACE, manifest, &signature).is_err() {
        return Signed::Broken;
    }
    let fingerprint = key.fingerprint(HashAlg::Sha256).to_string();
    match known {
        Some(KnownKey(known)) if known.key_data() != key.key_data() => {
            Signed::ByAnother(fingerprint)
        }
        _ => Signed::By(fingerprint),
    }
}
