#![doc = include_str!("../README.md")]

pub mod apart;
pub mod bounded;
pub mod limits;
