package dev.weir.simulcast.internal.whip;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Selector;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A bad line between one publisher and a server: some of the media packets on the way in never arrive. */
final class LossyRelay implements AutoCloseable {

    private final DatagramChannel front;
    private final DatagramChannel back;
    private final SocketAddress server;
    private final double loss;
    private final SplittableRandom random = new SplittableRandom(3);
    private final AtomicLong passed = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final Selector selector = Selector.open();
    private @Nullable SocketAddress client;

    LossyRelay(int serverPort, double loss) throws IOException {
        this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort);
        this.loss = loss;
        this.front = open();
        this.back = open();
        Thread.ofPlatform().daemon().name("lossy-relay").start(this::run);
    }

    private DatagramChannel open() throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel.configureBlocking(false);
        channel.register(selector, java.nio.channels.SelectionKey.OP_READ);
        return channel;
    }

    int port() throws IOException {
        return ((InetSocketAddress) front.getLocalAddress()).getPort();
    }

    long passed() {
        return passed.get();
    }

    long lost() {
        return lost.get();
    }

    private void run() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(2048);
        try {
            while (selector.isOpen()) {
                selector.select();
                selector.selectedKeys().clear();
                forward(buffer);
            }
        } catch (IOException | java.nio.channels.ClosedSelectorException e) {
            // Closed by the test.
        }
    }

    private void forward(ByteBuffer buffer) throws IOException {
        for (SocketAddress from = front.receive(buffer.clear()); from != null; from = front.receive(buffer.clear())) {
            client = from;
            buffer.flip();
            if (!falls(buffer)) {
                back.send(buffer, server);
            }
        }
        while (back.receive(buffer.clear()) != null) {
            buffer.flip();
            if (client != null) {
                front.send(buffer, client);
            }
        }
    }

    private boolean falls(ByteBuffer packet) {
        int first = packet.get(0) & 0xFF;
        int second = packet.get(1) & 0xFF;
        if (first < 128 || first > 191 || (second >= 192 && second <= 223)) {
            return false;
        }
        boolean falls = random.nextDouble() < loss;
        (falls ? lost : passed).incrementAndGet();
        return falls;
    }

    @Override
    public void close() throws IOException {
        selector.close();
        front.close();
        back.close();
    }
}
