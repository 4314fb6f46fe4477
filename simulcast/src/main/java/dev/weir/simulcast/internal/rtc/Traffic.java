package dev.weir.simulcast.internal.rtc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** What passed through one session. Written by its event loop, read by anyone. */
final class Traffic {

    private static final VarHandle BYTES = handle("bytes");
    private static final VarHandle PACKETS = handle("packets");
    private static final VarHandle CALLS = handle("calls");

    private long bytes;
    private long packets;
    private long calls;

    private static VarHandle handle(String field) {
        try {
            return MethodHandles.lookup().findVarHandle(Traffic.class, field, long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    void count(long moreBytes, long morePackets, long moreCalls) {
        BYTES.setOpaque(this, bytes + moreBytes);
        PACKETS.setOpaque(this, packets + morePackets);
        CALLS.setOpaque(this, calls + moreCalls);
    }

    long bytes() {
        return (long) BYTES.getOpaque(this);
    }

    long packets() {
        return (long) PACKETS.getOpaque(this);
    }

    long calls() {
        return (long) CALLS.getOpaque(this);
    }
}
