package dev.weir.simulcast;

/** Which way did a host's stream come in? */
public enum Protocol {
    RTMP,
    WHIP,
    SRT
}
