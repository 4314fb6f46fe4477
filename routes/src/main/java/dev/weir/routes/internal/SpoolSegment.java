package dev.weir.routes.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One file of a spool: written by many at once who share its fsyncs, then sealed and read as a whole. Thread-safe. */
final class SpoolSegment {
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");

    private final Path file;
    private final FileChannel channel;
    private final Object forcing = new Object();
    private volatile long written;
    private long forced;
    private boolean broken;

    private SpoolSegment(Path file) throws IOException {
        this.file = file;
        channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OWNER));
    }

    /** A new file, whose name is on disk when this returns. */
    static SpoolSegment create(Path file) throws IOException {
        SpoolSegment segment = new SpoolSegment(file);
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException e) {
            segment.channel.close();
            throw e;
        }
        return segment;
    }

    /** Writes behind what is there, and returns where that ends; one caller at a time. Not on disk before {@link #force}. */
    long write(ByteBuffer record) throws IOException {
        while (record.hasRemaining()) {
            channel.write(record);
        }
        written = channel.position();
        return written;
    }

    /** Cuts off what a failed {@link #write} left; false when it is there to stay, and nothing may follow it. */
    boolean takeBack() {
        try {
            channel.truncate(written);
            return channel.position() == written;
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns when everything up to {@code end} is on disk; throws when that can never be known any more. */
    void force(long end) throws IOException {
        synchronized (forcing) {
            if (broken) {
                throw new IOException(file + ": an earlier fsync failed (expected: none)");
            }
            if (forced >= end) {
                return;
            }
            long upTo = written;
            try {
                channel.force(false);
            } catch (IOException e) {
                // What the disk lost once is not written by asking again.
                broken = true;
                throw e;
            }
            forced = upTo;
        }
    }

    /** Nothing follows; callers that still wait for their {@link #force} get their answer. */
    void seal() throws IOException {
        try {
            force(written);
        } finally {
            synchronized (forcing) {
                channel.close();
            }
        }
    }

    Path file() {
        return file;
    }

    long length() {
        return written;
    }

    /** What a sealed or left file holds, in the order in which it was written. */
    static Content read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        List<InboxRow> rows = new ArrayList<>();
        int lost = 0;
        int unread = 0;
        for (int at = 0; at < bytes.limit(); ) {
            int length = SpoolRecord.lengthAt(bytes, at);
            if (length == 0) {
                unread++;
                at++;
            } else {
                rows.add(SpoolRecord.read(bytes, at, length));
                lost += unread;
                unread = 0;
                at += length;
            }
        }
        boolean torn = SpoolRecord.isTorn(bytes, bytes.limit() - unread);
        return new Content(rows, torn ? lost : lost + unread, torn ? unread : 0);
    }

    /**
     * @param lost bytes that are no record, nor the beginning of one at the end: harm to deliveries that may have been answered
     * @param torn bytes at the end that only begin a record: a delivery that nobody was answered for, when the hub was killed
     */
    record Content(List<InboxRow> rows, int lost, int torn) {}
}
