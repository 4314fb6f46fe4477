package dev.weir.simulcast.internal.record;

import dev.weir.simulcast.RecordingStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Recordings in a folder, where they were written. */
public final class FileStore implements RecordingStore {

    private final Path root;

    /** Files below {@code root}. */
    public FileStore(Path root) {
        this.root = root;
    }

    /** Where the key's file or folder is; empty when it is no key, and so can lead nowhere else. */
    public Optional<Path> path(String key) {
        return Keys.isKey(key) ? Optional.of(root.resolve(key)) : Optional.empty();
    }

    @Override
    public boolean keep(String prefix, List<Path> files) {
        return false;
    }

    @Override
    public List<String> list(String prefix) throws IOException {
        Path folder = prefix.isEmpty() ? root : path(prefix).orElse(root.resolve("absent"));
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Override
    public Optional<Content> open(String key, long from, long length) throws IOException {
        Path file = path(key).orElse(null);
        if (file == null || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            long total = channel.size();
            long start = Math.clamp(from, 0, total);
            long count = Math.clamp(length, 0, total - start);
            channel.position(start);
            return Optional.of(new Content(new Bounded(Channels.newInputStream(channel), count), count, total));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void delete(String prefix) throws IOException {
        Path folder = path(prefix).orElse(null);
        if (folder == null || !Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                // The empty folder keeps the epoch's number from being given to another one.
                if (!path.equals(folder)) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }

    /** The first bytes of another stream. */
    private static final class Bounded extends InputStream {
        private final InputStream in;
        private long left;

        Bounded(InputStream in, long left) {
            this.in = in;
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left <= 0) {
                return -1;
            }
            int count = in.read(bytes, offset, (int) Math.min(length, left));
            left -= Math.max(0, count);
            return count;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
