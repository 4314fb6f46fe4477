package dev.weir.simulcast.internal.rtc;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bouncycastle.tls.DatagramTransport;

/** Between the event loop, which never waits, and a handshake, which does: a queue of at most 32 datagrams. */
final class DtlsInbox implements DatagramTransport {

    private static final int MAX_WAITING = 32;
    private static final int RECEIVE_LIMIT = 1500;
    private static final int SEND_LIMIT = 1200;
    private static final byte[] END = new byte[0];

    private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Consumer<byte[]> out;
    private volatile boolean closed;

    DtlsInbox(Consumer<byte[]> out) {
        this.out = out;
    }

    /** A datagram has come; dropped when the handshake is that far behind, as the peer repeats it. */
    void offer(byte[] datagram) {
        waiting.offer(datagram);
    }

    @Override
    public int getReceiveLimit() {
        return RECEIVE_LIMIT;
    }

    @Override
    public int getSendLimit() {
        return SEND_LIMIT;
    }

    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
        try {
            byte[] datagram =
                    closed ? END : waitMillis == 0 ? waiting.take() : waiting.poll(waitMillis, TimeUnit.MILLISECONDS);
            if (datagram == null) {
                return -1;
            }
            if (closed) {
                throw new IOException("DTLS: the session is closed");
            }
            int count = Math.min(length, datagram.length);
            System.arraycopy(datagram, 0, buffer, offset, count);
            return count;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("DTLS: interrupted", e);
        }
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {
        out.accept(Arrays.copyOfRange(buffer, offset, offset + length));
    }

    /** Wakes a waiting handshake and lets it fail. */
    @Override
    public void close() {
        closed = true;
        waiting.clear();
        waiting.offer(END);
    }
}
