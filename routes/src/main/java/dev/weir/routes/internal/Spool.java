package dev.weir.routes.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where do deliveries lie while the database is away? In files of 8 MiB that are only appended to, each delivery with its checksum and on
 * disk before anybody is answered; files are read in their order and deleted when all of it is in the database, so that a hub which is
 * killed in between brings some of it twice, and the database takes it once. A file that could not be brought in whole is kept
 * aside, under a longer name; under its old one it is tried again. Thread-safe; {@link #drain} by one thread.
 */
final class Spool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
    private static final long SEGMENT = 8L << 20;
    /** More than the largest spool needs: a disk that fails each time must not be filled with beginnings. */
    private static final int MOST_FILES = 10_000;

    private static final String SUFFIX = ".spool";
    private static final String ASIDE = ".aside";

    private final Path folder;
    private final long most;
    private @Nullable SpoolSegment current;
    private long next;
    private long bytes;
    /** When the first delivery of each file came; of a file that was left here, when the last one did. */
    private final Map<Path, Instant> began = new TreeMap<>();

    private int files;
    private boolean closed;

    /** The spool in {@code folder}, with what was left in it; at most {@code most} bytes. */
    Spool(Path folder, long most) throws IOException {
        this.folder = folder;
        this.most = most;
        for (Path file : files(folder)) {
            next = Math.max(next, number(file) + 1);
        }
        measure();
    }

    /** What is done with the deliveries of a file, in their order; how many of them the database refused. */
    interface Sink {
        int take(List<InboxRow> rows);
    }

    /** Returns when the delivery is on disk; false when the spool is full, or closed. */
    boolean append(InboxRow row) throws IOException {
        ByteBuffer record = SpoolRecord.written(row);
        SpoolSegment segment;
        long end;
        synchronized (this) {
            if (closed || record.limit() > SpoolRecord.MOST || bytes + record.limit() > most || files >= MOST_FILES) {
                return false;
            }
            segment = open();
            try {
                end = segment.write(record);
            } catch (IOException e) {
                if (!segment.takeBack()) {
                    leave(segment);
                }
                throw e;
            }
            bytes += record.limit();
            began.putIfAbsent(segment.file(), row.receivedAt());
        }
        try {
            segment.force(end);
        } catch (IOException e) {
            leave(segment);
            throw e;
        }
        return true;
    }

    /** Nothing may follow in a file that failed. */
    private synchronized void leave(SpoolSegment segment) {
        if (current == segment) {
            current = null;
        }
        try {
            segment.seal();
        } catch (IOException e) {
            LOG.debug("A file of the spool failed and is left", e);
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
            files++;
            current = open;
        }
        return open;
    }

    /** Bytes that wait, and that were put aside. */
    synchronized long bytes() {
        return bytes;
    }

    /** When the oldest delivery came that waits or was put aside; empty when there is none. */
    synchronized Optional<Instant> oldest() {
        return began.values().stream().min(Instant::compareTo);
    }

    /** A person may have moved files away, and a failed write may have left some of itself. */
    private synchronized void measure() throws IOException {
        List<Path> all = files(folder);
        long sum = 0;
        for (Path file : all) {
            sum += Files.size(file);
            began.putIfAbsent(file, Files.getLastModifiedTime(file).toInstant());
        }
        began.keySet().retainAll(all);
        bytes = sum;
        files = all.size();
    }

    /**
     * Hands everything that waits to {@code sink}, file by file; what it throws ends this, and the file stays.
     *
     * @return files that were put aside, because of harm or of a refusal
     */
    int drain(Sink sink) throws IOException {
        if (bytes() == 0) {
            return 0;
        }
        measure();
        int aside = 0;
        for (Path file : waiting(seal())) {
            aside += drained(file, sink) ? 0 : 1;
        }
        return aside;
    }

    private boolean drained(Path file, Sink sink) throws IOException {
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
            putAside(file, file.resolveSibling(file.getFileName() + ASIDE));
            return false;
        }
        long size = Files.size(file);
        Files.delete(file);
        synchronized (this) {
            bytes -= size;
            files--;
            began.remove(file);
        }
        return true;
    }

    private synchronized void putAside(Path file, Path aside) throws IOException {
        Files.move(file, aside);
        Instant since = began.remove(file);
        if (since != null) {
            began.put(aside, since);
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

    /** Takes nothing more: whoever takes up the folder from now on finds files that nobody writes. What was appended is on disk. */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        seal();
    }
}
