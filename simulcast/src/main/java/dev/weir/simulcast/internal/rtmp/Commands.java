package dev.weir.simulcast.internal.rtmp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The few answers that a server which only takes publishers has to give (§7.2). */
final class Commands {

    static final int STREAM_ID = 1;

    private Commands() {}

    /** What can be sent by Enhanced RTMP v2: forwarded as it is (4), and packet modifiers are understood (4). */
    private static final Map<String, Object> ENHANCED = Map.of(
            "fourCcList", List.of("avc1", "mp4a", "Opus"),
            "videoFourCcInfoMap", Map.of("avc1", 4),
            "audioFourCcInfoMap", Map.of("mp4a", 4, "Opus", 4),
            "capsEx", 4);

    static RtmpMessage connected(double transaction) {
        Map<String, Object> server = new LinkedHashMap<>();
        server.put("fmsVer", "FMS/3,0,1,123");
        server.put("capabilities", 31);
        server.putAll(ENHANCED);
        Map<String, Object> status = status("status", "NetConnection.Connect.Success", "Connection succeeded.");
        status.put("objectEncoding", 0);
        status.putAll(ENHANCED);
        return RtmpMessage.command(0, Amf0.write("_result", transaction, server, status));
    }

    /** The connection is not wanted (§7.2.1.1): {@code Rejected}, or {@code InvalidApp}. */
    static RtmpMessage notConnected(double transaction, String code, String reason) {
        return RtmpMessage.command(
                0, Amf0.write("_error", transaction, null, status("error", "NetConnection.Connect." + code, reason)));
    }

    static RtmpMessage result(double transaction, @Nullable Object value) {
        return RtmpMessage.command(0, Amf0.write("_result", transaction, null, value));
    }

    static RtmpMessage publishStarted() {
        return onStatus("status", "NetStream.Publish.Start", "Publishing.");
    }

    static RtmpMessage unpublished() {
        return onStatus("status", "NetStream.Unpublish.Success", "Stopped publishing.");
    }

    static RtmpMessage badName(String reason) {
        return onStatus("error", "NetStream.Publish.BadName", reason);
    }

    /** OBS and its kin know this code only, and stop trying on it. */
    static RtmpMessage rejected(String reason) {
        return onStatus("error", "NetStream.Publish.Rejected", reason);
    }

    private static RtmpMessage onStatus(String level, String code, String description) {
        return RtmpMessage.command(STREAM_ID, Amf0.write("onStatus", 0, null, status(level, code, description)));
    }

    private static Map<String, Object> status(String level, String code, String description) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("level", level);
        status.put("code", code);
        status.put("description", description);
        return status;
    }
}
