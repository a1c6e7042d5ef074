//! Answering browsers on this machine.

use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::mpsc::Sender;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State as With};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_TYPE, HOST, LOCATION, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{Method, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use percent_encoding::percent_decode_str;
use tokio::net::TcpListener;
use tokio::sync::{oneshot, watch};

use super::page::{self, OWN};
use super::workshop::{Answer, Message, State, Wanted};

/// How long a browser may take to say what it wants.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long to wait for a place.
const PAUSE: Duration = Duration::from_millis(50);

/// What every request needs.
#[derive(Clone)]
struct Desk {
    ask: Sender<Message>,
    told: watch::Receiver<State>,
    host: IpAddr,
}

/// Answers until the program is interrupted.
pub(super) async fn run(
    listener: TcpListener,
    host: IpAddr,
    ask: Sender<Message>,
    told: watch::Receiver<State>,
) -> std::io::Result<()> {
    let desk = Desk { ask, told, host };
    let router = Router::new().fallback(answer).with_state(desk);
    tokio::select! {
        () = serve(&listener, &router) => Ok(()),
        interrupted = interrupt() => interrupted,
    }
}

/// Serves whoever connects. `axum::serve` would wait for ever for somebody who never
/// says the whole of what is wanted, and keep a place that others need.
async fn serve(listener: &TcpListener, router: &Router) {
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // There may be no place left until somebody leaves.
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        let service = TowerToHyperService::new(router.clone());
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(PATIENCE)
            .serve_connection(TokioIo::new(stream), service);
        tokio::spawn(async move {
            // A browser may break off whenever it likes.
            let _ = connection.await;
        });
    }
}

/// Waits for Ctrl-C or a request to end.
async fn interrupt() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut end = signal(SignalKind::terminate())?;
        tokio::select! {
            pressed = tokio::signal::ctrl_c() => pressed,
            _ = end.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}

async fn answer(With(desk): With<Desk>, request: Request) -> Response {
    if !is_meant(&request, desk.host) {
        // A page elsewhere may have pointed its own name at this machine.
        return plain(
            StatusCode::FORBIDDEN,
            "This preview answers to its own address only.\n",
        );
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return plain(
            StatusCode::METHOD_NOT_ALLOWED,
            "A preview can only be read.\n",
        );
    }
    let path = request.uri().path();
    match path.strip_prefix(OWN) {
        Some("events") => return events(desk.told),
        Some("preview.js") => return body(StatusCode::OK, "text/javascript", page::SCRIPT.into()),
        Some(_) => return plain(StatusCode::NOT_FOUND, "There is no such file.\n"),
        None => {}
    }
    let Ok(wanted) = percent_decode_str(path.trim_start_matches('/')).decode_utf8() else {
        return plain(StatusCode::BAD_REQUEST, "This address is not UTF-8.\n");
    };
    let index = if wanted.is_empty() || wanted.ends_with('/') {
        "index.html"
    } else {
        ""
    };
    let (reply, made) = oneshot::channel();
    let wish = Wanted {
        path: format!("{wanted}{index}"),
        reply,
    };
    let gone = || plain(StatusCode::SERVICE_UNAVAILABLE, "The preview is ending.\n");
    if desk.ask.send(Message::Wanted(wish)).is_err() {
        return gone();
    }
    match made.await {
        Err(_) => gone(),
        Ok(Answer::File {
            bytes,
            media_type: "text/html",
            version,
        }) => body(
            StatusCode::OK,
            "text/html",
            page::with_script(&bytes, version),
        ),
        Ok(Answer::File {
            bytes, media_type, ..
        }) => body(StatusCode::OK, media_type, bytes),
        Ok(Answer::Folder) => {
            // One slash in front: two would name another host.
            let to = format!("/{}/", path.trim_matches('/'));
            (StatusCode::FOUND, [(LOCATION, to)]).into_response()
        }
        Ok(Answer::Missing(Some(bytes), version)) => body(
            StatusCode::NOT_FOUND,
            "text/html",
            page::with_script(&bytes, version),
        ),
        Ok(Answer::Missing(None, version)) => {
            body(StatusCode::NOT_FOUND, "text/html", page::empty(version))
        }
        Ok(Answer::Broken(version)) => body(
            StatusCode::INTERNAL_SERVER_ERROR,
            "text/html",
            page::empty(version),
        ),
    }
}

/// Whether a request names the address that is served. On an address that the
/// author opened to others, any name is right.
fn is_meant(request: &Request, host: IpAddr) -> bool {
    if !host.is_loopback() {
        return true;
    }
    let named = request
        .headers()
        .get(HOST)
        .and_then(|host| host.to_str().ok());
    let Some(named) = named else { return false };
    let name = match named.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => named,
    };
    let address = name.trim_start_matches('[').trim_end_matches(']');
    name.eq_ignore_ascii_case("localhost")
        || address
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    body(status, "text/plain", text.into())
}

fn body(status: StatusCode, media_type: &str, bytes: Vec<u8>) -> Response {
    let is_text = media_type.starts_with("text/")
        || matches!(media_type, "application/json" | "image/svg+xml")
        || media_type.ends_with("+xml");
    let charset = if is_text { "; charset=utf-8" } else { "" };
    let headers = [
        (CONTENT_TYPE, format!("{media_type}{charset}")),
        (CACHE_CONTROL, "no-store".to_owned()),
        (X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (REFERRER_POLICY, "no-referrer".to_owned()),
    ];
    (status, headers, Body::from(bytes)).into_response()
}

/// Tells a browser the state at once, and every one after it.
fn events(told: watch::Receiver<State>) -> Response {
    let states = stream::unfold((told, true), |(mut told, is_first)| async move {
        if !is_first {
            told.changed().await.ok()?;
        }
        let state = told.borrow_and_update().clone();
        // Numbers and texts cannot fail to be written.
        let data = serde_json::to_string(&state).unwrap_or_default();
        Some((
            Ok::<_, Infallible>(Event::default().data(data)),
            (told, false),
        ))
    });
    let alive = KeepAlive::new().interval(Duration::from_secs(15));
    Sse::new(states).keep_alive(alive).into_response()
}
