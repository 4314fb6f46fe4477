package dev.weir.simulcast.internal.rtmp;

import dev.weir.simulcast.StreamHeaders;
import dev.weir.simulcast.VideoHeader;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a publisher says to a server, in the order of §7.2 and with the names that encoders use. */
final class ClientCommands {

    static final double CONNECT = 1;
    static final double RELEASE = 2;
    static final double FC_PUBLISH = 3;
    static final double CREATE = 4;
    private static final double PUBLISH = 5;
    private static final double GOODBYE = 6;
    private static final int DATA_CHUNK_STREAM = 5;

    private ClientCommands() {}

    static RtmpMessage connect(RtmpAddress address) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("app", address.app());
        parameters.put("type", "nonprivate");
        parameters.put("flashVer", "FMLE/3.0 (compatible; Weir)");
        parameters.put("tcUrl", address.tcUrl());
        return RtmpMessage.command(0, Amf0.write("connect", CONNECT, parameters));
    }

    static RtmpMessage releaseStream(String key) {
        return RtmpMessage.command(0, Amf0.write("releaseStream", RELEASE, null, key));
    }

    static RtmpMessage fcPublish(String key) {
        return RtmpMessage.command(0, Amf0.write("FCPublish", FC_PUBLISH, null, key));
    }

    static RtmpMessage createStream() {
        return RtmpMessage.command(0, Amf0.write("createStream", CREATE, null));
    }

    static RtmpMessage publish(int streamId, String key) {
        return RtmpMessage.command(streamId, Amf0.write("publish", PUBLISH, null, key, "live"));
    }

    static RtmpMessage fcUnpublish(String key) {
        return RtmpMessage.command(0, Amf0.write("FCUnpublish", GOODBYE, null, key));
    }

    static RtmpMessage deleteStream(int streamId) {
        return RtmpMessage.command(0, Amf0.write("deleteStream", GOODBYE + 1, null, streamId));
    }

    /** Describes the stream to the server; some show nothing before they have it. */
    static RtmpMessage metadata(int streamId, StreamHeaders headers) {
        Map<String, Object> data = new LinkedHashMap<>();
        VideoHeader video = headers.video();
        if (video != null) {
            data.put("width", video.width());
            data.put("height", video.height());
            data.put("videocodecid", 7);
        }
        var audio = headers.audio();
        if (audio != null) {
            data.put("audiocodecid", 10);
            data.put("audiosamplerate", audio.sampleRate());
            data.put("audiochannels", audio.channels());
            data.put("stereo", audio.channels() > 1);
        }
        data.put("encoder", "Weir");
        byte[] name = Amf0.write("@setDataFrame", "onMetaData");
        byte[] object = Amf0.write(data);
        // Encoders send this one as an ECMA array: the same entries under another marker, after their number.
        byte[] body = ByteBuffer.allocate(name.length + object.length + 4)
                .put(name)
                .put((byte) 8)
                .putInt(data.size())
                .put(object, 1, object.length - 1)
                .array();
        return new RtmpMessage(DATA_CHUNK_STREAM, RtmpMessage.DATA, streamId, 0, body);
    }
}
