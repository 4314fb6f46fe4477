package dev.weir.simulcast.internal.rtmp;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The few answers that a server which only takes publishers has to give (§7.2). */
final class Commands {

    static final int STREAM_ID = 1;

    private Commands() {}

    static RtmpMessage connected(double transaction) {
        Map<String, Object> server = new LinkedHashMap<>();
        server.put("fmsVer", "FMS/3,0,1,123");
        server.put("capabilities", 31);
        return RtmpMessage.command(
                0,
                Amf0.write(
                        "_result",
                        transaction,
                        server,
                        status("status", "NetConnection.Connect.Success", "Connection succeeded.")));
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

    static RtmpMessage refused(String reason) {
        return onStatus("error", "NetStream.Publish.BadName", reason);
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
