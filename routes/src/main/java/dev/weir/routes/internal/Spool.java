package dev.weir.routes.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where do deliveries lie while the database is away? In files of 8 MiB that are only appended to, each delivery with its checksum and on
 * disk before anybody is answered; files are read in their order and deleted when all of it is in the database, so that a hub which is
 * killed in between brings some of it twice, and the database takes it once. Thread-safe; {@link #drain} by one thread.
 */
final class Spool {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
    private static final long SEGMENT = 8L << 20;
    private static final String SUFFIX = ".spool";
    private static final String ASIDE = ".aside";

    private final Path folder;
    private final long most;
    private @Nullable SpoolSegment current;
    private long next;
    private long bytes;

    /** The spool in {@code folder}, with what was left in it; at most {@code most} bytes. */
    Spool(Path folder, long most) throws IOException {
        this.folder = folder;
        this.most = most;
        for (Path file : files(folder)) {
            bytes += Files.size(file);
            next = Math.max(next, number(file) + 1);
        }
    }

    /** What is done with the deliveries of a file, in their order; how many of them the database refused. */
    interface Sink {
        int take(List<InboxRow> rows);
    }

    /** Returns when the delivery is on disk; false when the spool is full. */
    boolean append(InboxRow row) throws IOException {
        ByteBuffer record = SpoolRecord.written(row);
        SpoolSegment segment;
        long end;
        synchronized (this) {
            if (record.limit() > SpoolRecord.MOST || bytes + record.limit() > most) {
                return false;
            }
            bytes += record.limit();
            segment = open();
            try {
                end = segment.write(record);
            } catch (IOException e) {
                // Half a record may be there: nothing may follow it.
                current = null;
                throw e;
            }
        }
        try {
            segment.force(end);
        } catch (IOException e) {
            forsake(segment);
            throw e;
        }
        return true;
    }

    private synchronized void forsake(SpoolSegment segment) {
        if (current == segment) {
            current = null;
        }
    }

    private SpoolSegment open() throws IOException {
        SpoolSegment open = current;
        if (open != null && open.length() >= SEGMENT) {
            current = null;
            open.seal();
            open = null;
        }
        if (open == null) {
            open = SpoolSegment.create(folder.resolve(String.format(Locale.ROOT, "%016d", next++) + SUFFIX));
            current = open;
        }
        return open;
    }

    /** Bytes that wait, and that were put aside. */
    synchronized long bytes() {
        return bytes;
    }

    /** Whether nothing waits. */
    boolean isEmpty() throws IOException {
        return bytes() == 0 || waiting(Long.MAX_VALUE).isEmpty();
    }

    /** Hands everything that waits to {@code sink}, file by file; what it throws ends this, and the file stays. */
    void drain(Sink sink) throws IOException {
        for (Path file : waiting(seal())) {
            SpoolSegment.Content content = SpoolSegment.read(file);
            int refused = content.rows().isEmpty() ? 0 : sink.take(content.rows());
            if (content.torn() > 0) {
                LOG.info("{}: ends in {} bytes that nobody was answered for", file, content.torn());
            }
            if (refused > 0 || content.lost() > 0) {
                LOG.error(
                        "{}: {} deliveries were refused by the database and {} bytes are damaged; it is kept as {}",
                        file,
                        refused,
                        content.lost(),
                        ASIDE);
                Files.move(file, file.resolveSibling(file.getFileName() + ASIDE));
            } else {
                long size = Files.size(file);
                Files.delete(file);
                synchronized (this) {
                    bytes -= size;
                }
            }
        }
    }

    /** Files with a number below this one are written no more. */
    private synchronized long seal() throws IOException {
        SpoolSegment open = current;
        current = null;
        if (open != null) {
            open.seal();
        }
        return next;
    }

    private List<Path> waiting(long below) throws IOException {
        return files(folder).stream()
                .filter(file -> file.toString().endsWith(SUFFIX) && number(file) < below)
                .toList();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.getFileName().toString().matches("\\d{16}\\.spool(\\.aside)?"))
                    .sorted()
                    .toList();
        }
    }

    private static long number(Path file) {
        return Long.parseLong(file.getFileName().toString().substring(0, 16));
    }
}
