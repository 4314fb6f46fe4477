package dev.weir.routes.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which of the folder's spools belongs to which hub? Each hub holds the lock of one, which ends with the hub's process, however that ends;
 * what a hub left behind is then taken up by itself or by any other that sees the folder.
 */
final class SpoolSlot implements AutoCloseable {
    /** Hubs with one folder. */
    static final int MOST = 64;

    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rwx------");

    private final Path folder;
    private final FileChannel channel;

    private SpoolSlot(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /** The first one that is free. */
    static SpoolSlot take(Path root) throws IOException {
        for (int i = 0; i < MOST; i++) {
            Optional<SpoolSlot> slot = lock(root.resolve(Integer.toString(i)));
            if (slot.isPresent()) {
                return slot.get();
            }
        }
        throw new IOException("hubs with spools in " + root + ": more than " + MOST + " (expected: fewer)");
    }

    /** Those that exist and are not {@code own}. */
    static Stream<Path> others(Path root, SpoolSlot own) {
        return IntStream.range(0, MOST)
                .mapToObj(i -> root.resolve(Integer.toString(i)))
                .filter(folder -> !folder.equals(own.folder) && Files.isDirectory(folder));
    }

    /** The one in {@code folder}, made when it is not there; empty while somebody else has it. */
    static Optional<SpoolSlot> lock(Path folder) throws IOException {
        // Deliveries lie here as they came, with what is personal in them.
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER));
        FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tried(channel) == null) {
            channel.close();
            return Optional.empty();
        }
        return Optional.of(new SpoolSlot(folder, channel));
    }

    private static @Nullable FileLock tried(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Another hub of this very process.
            return null;
        }
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
