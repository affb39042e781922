//! Ordinals of Chinese.

const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

/// An ordinal in words, 1 to 199: `第六十一`.
pub(super) fn ordinal(n: u32) -> Option<String> {
    let place = usize::try_from(n).ok().filter(|place| (1..=199).contains(place))?;
    let (hundreds, rest) = (place / 100, place % 100);
    let mut words = String::from("第");
    if hundreds > 0 {
        words.push_str("一百");
    }
    // Behind a hundred ten is `一十`, and a ten that is not there is named.
    match (rest / 10, hundreds) {
        (0, 1) if rest > 0 => words.push_str(DIGITS[0]),
        (0, _) => {}
        (1, 0) => words.push('十'),
        (tens, _) => {
            words.push_str(DIGITS[tens]);
            words.push('十');
        }
    }
    if rest % 10 > 0 {
        words.push_str(DIGITS[rest % 10]);
    }
    Some(words)
}
