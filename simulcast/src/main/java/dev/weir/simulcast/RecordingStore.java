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
 * {@code show/epoch/name}. The store of this module leaves files where they are; one for object storage would upload
 * them in {@link #keep}. Thread-safe.
 */
public interface RecordingStore {

    /**
     * Some bytes of a file.
     *
     * @param body to be closed by the reader
     * @param length bytes in {@code body}
     * @param total bytes of the whole file
     */
    record Content(InputStream body, long length, long total) {}

    /** The folder is complete and will not change: keep it. May delete the folder once all of it is kept elsewhere. */
    void keep(String prefix, Path folder) throws IOException;

    /** Names of folders or files directly below the prefix; empty when there is nothing. */
    List<String> list(String prefix) throws IOException;

    /**
     * Bytes of a file; empty when there is none.
     *
     * @param from first byte, 0..
     * @param length how many at most; {@link Long#MAX_VALUE} for all that follow
     */
    Optional<Content> open(String key, long from, long length) throws IOException;

    /** Forgets everything below the prefix. */
    void delete(String prefix) throws IOException;
}
