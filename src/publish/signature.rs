//! Signatures of the manifest in the format of OpenSSH, so that
//! `ssh-keygen -Y verify` accepts them and anybody can check them without this
//! program.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::message::Message;
use crate::say;
use ssh_key::{Algorithm, HashAlg, LineEnding, PrivateKey, PublicKey, SshSig};

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
    /// It is not there, or not in the format.
    Unreadable {
        /// Its file.
        path: PathBuf,
        /// What is wrong with it.
        cause: ssh_key::Error,
    },
    /// It is of another kind.
    OtherKind {
        /// Its file.
        path: PathBuf,
        /// Its kind.
        kind: String,
    },
    /// It is protected by a passphrase.
    Locked {
        /// Its file.
        path: PathBuf,
    },
}

impl KeyFault {
    /// What is wrong, and what to do.
    #[must_use]
    pub fn said(&self) -> Message {
        match self {
            Self::Unreadable { path, cause } => say!(
                "{path}: {cause}; give an Ed25519 key of OpenSSH, as `ssh-keygen -t ed25519` makes it",
                path = path.display().to_string(),
                cause = cause.to_string()
            ),
            Self::OtherKind { path, kind } => say!(
                "{path} is a key of the kind {kind}; only Ed25519 keys sign sites: make one with `ssh-keygen -t ed25519`",
                path = path.display().to_string(),
                kind
            ),
            Self::Locked { path } => say!(
                "{path} is protected by a passphrase, which nobody can type in a build; sign afterwards with `ssh-keygen -Y sign -n file -f {path} public/manifest.json`, or use a key without one",
                path = path.display().to_string()
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

impl SigningKey {
    /// Reads a private key.
    ///
    /// # Errors
    /// When it cannot sign: the message says why and what to do.
    pub fn open(path: &Path) -> Result<Self, KeyFault> {
        let own = || path.to_path_buf();
        let key = PrivateKey::read_openssh_file(path)
            .map_err(|cause| KeyFault::Unreadable { path: own(), cause })?;
        if key.is_encrypted() {
            return Err(KeyFault::Locked { path: own() });
        }
        if key.algorithm() != Algorithm::Ed25519 {
            let kind = key.algorithm().to_string();
            return Err(KeyFault::OtherKind { path: own(), kind });
        }
        Ok(Self(key))
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
        PublicKey::read_openssh_file(path)
            .map(Self)
            .map_err(|cause| KeyFault::Unreadable {
                path: path.to_path_buf(),
                cause,
            })
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
