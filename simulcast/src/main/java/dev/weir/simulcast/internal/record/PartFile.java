package dev.weir.simulcast.internal.record;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that only grows. One thread writes; another may {@link #sync} beside it. */
final class PartFile implements AutoCloseable {

    private final FileChannel channel;
    private volatile long size;
    private volatile long synced;

    PartFile(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        Path folder = file.getParent();
        if (folder != null) {
            Disk.syncFolder(folder);
        }
    }

    /** Survives the end of this process. */
    void write(byte[] bytes) throws IOException {
        Disk.write(channel, bytes);
        long grown = size + bytes.length;
        size = grown;
    }

    long size() {
        return size;
    }

    /** Bytes that survive the end of the machine. */
    long synced() {
        return synced;
    }

    /** Waits until what was written before the call survives the end of the machine. */
    void sync() throws IOException {
        long written = size;
        if (written > synced) {
            channel.force(false);
            synced = written;
        }
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            sync();
        }
    }
}
