//! Which requests are let in: those that call this machine by a name of its own, and no page of another site.
//!
//! A browser sends whatever page asks it to: a page elsewhere may post a form here, and may have its own name
//! lead to this machine (DNS rebinding). The first is told by `Origin` and `Sec-Fetch-Site`, the second by `Host`.

use std::net::IpAddr;

use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, HeaderValue};

/// The names that this machine goes by.
#[derive(Debug)]
pub(super) struct Gate {
    hosts: Vec<String>,
}

impl Gate {
    /// Whoever calls it localhost, by the address that is listened on, or by one of some names.
    pub(super) fn new(listen: IpAddr, names: &[String]) -> Self {
        let address = match listen {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => format!("[{address}]"),
        };
        let own = ["localhost", "127.0.0.1", "[::1]"].map(str::to_owned);
        let names = names.iter().map(|name| name.to_ascii_lowercase());
        Self { hosts: own.into_iter().chain([address]).chain(names).collect() }
    }

    /// Whether a request may come in.
    ///
    /// # Errors
    /// Why it may not.
    pub(super) fn lets_in(&self, headers: &HeaderMap) -> Result<(), &'static str> {
        let one = |name| {
            let mut all = headers.get_all(name).iter();
            let first = all.next().map(HeaderValue::to_str).transpose();
            match (first, all.next()) {
                (Ok(first), None) => Ok(first),
                _ => Err("a header stands there twice, or is no text"),
            }
        };
        let host = one(HOST)?.ok_or("the request names no host")?.to_ascii_lowercase();
        if !self.hosts.iter().any(|known| known == without_port(&host)) {
            return Err("this machine does not go by that name; `--host NAME` lets it");
        }
        let own = ["http://", "https://"].map(|scheme| format!("{scheme}{host}"));
        if one(ORIGIN)?.is_some_and(|origin| !own.contains(&origin.to_ascii_lowercase())) {
            return Err("pages of other sites are not answered");
        }
        // A link elsewhere may lead here; a form there that posts has an origin.
        let is_led = headers.get("sec-fetch-mode").is_some_and(|mode| mode == "navigate");
        match headers.get("sec-fetch-site").map(HeaderValue::as_bytes) {
            None | Some(b"same-origin" | b"none") => Ok(()),
            Some(_) if is_led => Ok(()),
            Some(_) => Err("pages of other sites are not answered"),
        }
    }
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_let_in(headers: &[(&'static str, &'static str)]) -> bool {
        let gate = Gate::new([192, 168, 0, 7].into(), &["Desk.example".to_owned()]);
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, HeaderValue::from_static(value));
        }
        gate.lets_in(&map).is_ok()
    }

    #[test]
    fn whoever_calls_it_by_its_name_is_let_in() {
        for host in
            ["localhost:8620", "127.0.0.1", "[::1]:8620", "192.168.0.7:1", "desk.EXAMPLE:80"]
        {
            assert!(is_let_in(&[("host", host)]), "{host}");
        }
        for host in ["evil.example", "localhost.evil.example", "127.0.0.1.evil", "", "[::1", "::1"]
        {
            assert!(!is_let_in(&[("host", host)]), "{host}");
        }
        assert!(!is_let_in(&[]));
        assert!(!is_let_in(&[("host", "localhost"), ("host", "evil.example")]));
    }

    #[test]
    fn pages_of_other_sites_are_not() {
        let host = ("host", "localhost:8620");
        assert!(is_let_in(&[host, ("origin", "http://localhost:8620")]));
        for origin in ["null", "http://localhost:81", "http://evil.example", "http://localhost"] {
            assert!(!is_let_in(&[host, ("origin", origin)]), "{origin}");
        }
        for (site, is_in) in
            [("same-origin", true), ("none", true), ("cross-site", false), ("same-site", false)]
        {
            assert_eq!(is_let_in(&[host, ("sec-fetch-site", site)]), is_in, "{site}");
        }
        let led = [host, ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")];
        assert!(is_let_in(&led));
        let [first, second, third] = led;
        assert!(!is_let_in(&[first, second, third, ("origin", "null")]));
    }
}
