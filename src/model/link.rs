//! Where links lead.

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkTarget {
    /// To an address of the web or of a mailbox: a URI (RFC 3986).
    Address(String),
    /// To the block of a name, `{#name}`.
    Block(String),
}

impl LinkTarget {
    /// Where an address leads that stands in the text as it is: `https://…`, `www.…`, `name@…`.
    pub fn of_address(text: &str) -> Self {
        let scheme = if text.contains("://") {
            ""
        } else if text.contains('@') {
            "mailto:"
        } else {
            "https://"
        };
        Self::of_uri(&format!("{scheme}{text}"))
    }

    /// An address that has its scheme. Characters that a URI has not are written as the bytes of UTF-8 (RFC 3987 3.1).
    pub fn of_uri(address: &str) -> Self {
        let mut uri = String::with_capacity(address.len());
        for byte in address.bytes() {
            match byte {
                b'!' | b'#'..=b';' | b'=' | b'?'..=b'[' | b']' | b'_' | b'a'..=b'z' | b'~' => {
                    uri.push(char::from(byte));
                }
                _ => uri.push_str(&format!("%{byte:02X}")),
            }
        }
        Self::Address(uri)
    }

    /// As a URI reference (RFC 3986 4.1): the address, or `#` and the name.
    pub fn reference(&self) -> String {
        match self {
            Self::Address(uri) => uri.clone(),
            Self::Block(name) => format!("#{name}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::LinkTarget;

    /// If it fails, a link to a page with an Arabic name is broken in the PDF, or an address of the text leads nowhere.
    #[test]
    fn addresses_are_uris() {
        let uri = |address| LinkTarget::of_uri(address).reference();
        let same = "https://www.un.org/ar/?a=b&c=%20#d";
        assert_eq!(uri(same), same);
        assert_eq!(uri("https://example.org/ماء"), "https://example.org/%D9%85%D8%A7%D8%A1");
        let encoded = "https://example.org/a%20b%22%3C%3E%5C%5E%60%7B%7C%7D";
        assert_eq!(uri("https://example.org/a b\"<>\\^`{|}"), encoded);
        let of = |text| LinkTarget::of_address(text).reference();
        assert_eq!(of("www.un.org"), "https://www.un.org");
        assert_eq!(of("http://un.org/a@b"), "http://un.org/a@b");
        assert_eq!(of("records@example.org"), "mailto:records@example.org");
    }
}
