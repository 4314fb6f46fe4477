package dev.weir.bench.whep;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.DatagramTransport;

/** The viewer's socket as a handshake sees it: what the reading thread sorted out for it; at most 64 wait. */
final class DtlsQueue implements DatagramTransport {

    private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(64);
    private final DatagramChannel channel;

    DtlsQueue(DatagramChannel channel) {
        this.channel = channel;
    }

    /** Takes a record; a full queue loses it, as a network would. */
    void offer(byte[] record) {
        waiting.offer(record);
    }

    @Override
    public int getReceiveLimit() {
        return 1500;
    }

    @Override
    public int getSendLimit() {
        return 1200;
    }

    @Override
    public int receive(byte[] into, int offset, int length, int waitMillis) throws IOException {
        try {
            byte[] record = waitMillis == 0 ? waiting.take() : waiting.poll(waitMillis, TimeUnit.MILLISECONDS);
            if (record == null) {
                return -1;
            }
            int taken = Math.min(length, record.length);
            System.arraycopy(record, 0, into, offset, taken);
            return taken;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("DTLS: interrupted");
        }
    }

    @Override
    public void send(byte[] from, int offset, int length) throws IOException {
        channel.write(ByteBuffer.wrap(from, offset, length));
    }

    @Override
    public void close() {
        waiting.clear();
    }
}
