//! How well a colour is seen on another one.

use std::fmt;

/// Text of a lower contrast with its ground cannot be seen: `#eeeeee` on white has 1.16.
pub const UNSEEN: f64 = 1.2;
/// Text of a lower contrast is hard to read: WCAG 2.1, 1.4.3, asks for 3 of large letters and for 4.5 of others.
pub const FAINT: f64 = 3.0;

/// A colour in sRGB, each part from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Colour {
    /// Red.
    pub red: f64,
    /// Green.
    pub green: f64,
    /// Blue.
    pub blue: f64,
}

impl Colour {
    /// The paper.
    pub const WHITE: Self = Self::grey(1.0);
    /// What text is printed in when nothing else is said.
    pub const BLACK: Self = Self::grey(0.0);

    /// A grey from black, 0, to white, 1.
    pub const fn grey(level: f64) -> Self {
        Self {
            red: level,
            green: level,
            blue: level,
        }
    }

    /// A colour of printing inks, each from 0 to 1, by ISO 32000-1 10.3.5.
    pub fn of_inks([cyan, magenta, yellow, black]: [f64; 4]) -> Self {
        let part = |ink: f64| 1.0 - (ink + black).min(1.0);
        Self {
            red: part(cyan),
            green: part(magenta),
            blue: part(yellow),
        }
    }

    /// The colour as it is seen on another one when it covers it by `share`, from 0 to 1.
    #[must_use]
    pub fn on(self, ground: Self, share: f64) -> Self {
        let mix = |over: f64, under: f64| over * share + under * (1.0 - share);
        Self {
            red: mix(self.red, ground.red),
            green: mix(self.green, ground.green),
            blue: mix(self.blue, ground.blue),
        }
    }

    /// The contrast of two colours from 1, none, to 21, black on white (WCAG 2.1, contrast ratio).
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The relative luminance of WCAG 2.1.
    fn luminance(self) -> f64 {
        let linear = |part: f64| match part.clamp(0.0, 1.0) {
            low if low <= 0.04045 => low / 12.92,
            part => ((part + 0.055) / 1.055).powf(2.4),
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }
}

/// `#rrggbb`.
impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let byte = |part: f64| (part.clamp(0.0, 1.0) * 255.0).round() as u8;
        let (red, green, blue) = (byte(self.red), byte(self.green), byte(self.blue));
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrasts_are_those_of_wcag() {
        let contrast = Colour::BLACK.contrast(Colour::WHITE);
        assert!((contrast - 21.0).abs() < 1e-9, "{contrast}");
        assert!((Colour::grey(0.5).contrast(Colour::grey(0.5)) - 1.0).abs() < 1e-9);
        // #767676 is the lightest grey that WCAG allows on white.
        let grey = Colour::grey(f64::from(0x76) / 255.0).contrast(Colour::WHITE);
        assert!((grey - 4.54).abs() < 0.01, "{grey}");
        assert!(Colour::grey(f64::from(0xee) / 255.0).contrast(Colour::WHITE) < UNSEEN);
    }

    #[test]
    fn a_colour_that_covers_nothing_is_not_seen() {
        assert_eq!(Colour::BLACK.on(Colour::WHITE, 0.0), Colour::WHITE);
        assert_eq!(Colour::of_inks([0.0, 0.0, 0.0, 1.0]), Colour::BLACK);
        assert_eq!(Colour::of_inks([0.0, 1.0, 1.0, 0.0]).to_string(), "#ff0000");
    }
}
