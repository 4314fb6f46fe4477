package dev.weir.simulcast;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where do recordings go when they are complete?
 *
 * <p>A recording is written to the local disk, because it grows; what has ended is handed to a store. Keys are
 * {@code show/epoch/name}; what is not such a key is not found. There are two stores: one leaves files where they are,
 * one brings them into a bucket ({@link BucketConfig}). Thread-safe.
 */
public interface RecordingStore extends AutoCloseable {

    /**
     * Some bytes of a file.
     *
     * @param body to be closed by the reader
     * @param length bytes in {@code body}
     * @param total bytes of the whole file
     */
    record Content(InputStream body, long length, long total) {}

    /**
     * The files are complete and will not change: keep them under their names below the prefix. True when all of them
     * are kept elsewhere, and were found there as they are here: they may be deleted. When it fails, or the process
     * ends, the same call again goes on where it was. A thread that is interrupted gives up soon, with an exception.
     *
     * @param files in this order; the last one says that the others are there
     */
    boolean keep(String prefix, List<Path> files) throws IOException;

    /** Names of folders or files directly below the prefix, sorted; empty when there is nothing. */
    List<String> list(String prefix) throws IOException;

    /**
     * Bytes of a file; empty when there is none.
     *
     * @param from first byte, 0..; past the end there are no bytes
     * @param length how many at most; {@link Long#MAX_VALUE} for all that follow
     */
    Optional<Content> open(String key, long from, long length) throws IOException;

    /** Forgets everything below the prefix, but that there was something: its name stays in the list above it. */
    void delete(String prefix) throws IOException;

    /** Lets go of connections. */
    @Override
    default void close() {}
}
