package dev.weir.simulcast;

/** How is the sound of a stream coded? AAC from RTMP and SRT, Opus from and for WebRTC. */
public enum AudioCodec {
    AAC,
    OPUS
}
