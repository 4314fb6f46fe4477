package dev.weir.simulcast.internal.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.simulcast.RecordingStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every store of recordings does. */
public abstract class RecordingStoreContract {

    /** Longer than two of the least parts of S3. */
    protected static final int LONG = (11 << 20) + 17;

    /** Where files are before they are kept. */
    @TempDir
    protected Path root;

    protected RecordingStore store;

    /** A store whose recordings were written below {@link #root}. */
    protected abstract RecordingStore open();

    @BeforeEach
    void openIt() {
        store = open();
    }

    @AfterEach
    void closeIt() {
        store.close();
    }

    protected static byte[] bytes(int seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** Files as a recorder leaves them. */
    protected List<Path> written(String prefix, int length) throws IOException {
        Path folder = Files.createDirectories(root.resolve(prefix));
        List<Path> files = new ArrayList<>();
        files.add(Files.write(folder.resolve("stream-0.mp4"), bytes(1, length)));
        files.add(Files.write(folder.resolve("empty.mp4"), new byte[0]));
        files.add(Files.writeString(folder.resolve("recording.json"), "{\"showId\":\"" + prefix + "\"}"));
        return files;
    }

    /** Kept, and gone from here when the store says that it may be. */
    protected void keep(String prefix, int length) throws IOException {
        List<Path> files = written(prefix, length);
        if (store.keep(prefix, files)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }

    private byte[] read(String key, long from, long length, long total) throws IOException {
        RecordingStore.Content content = store.open(key, from, length).orElseThrow();
        try (InputStream body = content.body()) {
            byte[] bytes = body.readAllBytes();
            assertThat(content.length()).isEqualTo(bytes.length);
            assertThat(content.total()).isEqualTo(total);
            return bytes;
        }
    }

    @Test
    void keptFiles_areReadWholeAndByRange() throws Exception {
        keep("show/0", 100_000);
        byte[] all = bytes(1, 100_000);
        assertThat(read("show/0/stream-0.mp4", 0, Long.MAX_VALUE, 100_000)).isEqualTo(all);
        assertThat(read("show/0/stream-0.mp4", 5000, 100, 100_000)).isEqualTo(Arrays.copyOfRange(all, 5000, 5100));
        assertThat(read("show/0/stream-0.mp4", 99_990, 100, 100_000))
                .isEqualTo(Arrays.copyOfRange(all, 99_990, 100_000));
        assertThat(read("show/0/stream-0.mp4", 99_990, Long.MAX_VALUE, 100_000)).hasSize(10);
        assertThat(read("show/0/recording.json", 0, 1000, 19)).asString().contains("show/0");
    }

    @Test
    void rangeWithoutBytes_isEmptyAndTellsTheLength() throws Exception {
        keep("show/0", 1000);
        assertThat(read("show/0/stream-0.mp4", 1000, 10, 1000)).isEmpty();
        assertThat(read("show/0/stream-0.mp4", Long.MAX_VALUE, 10, 1000)).isEmpty();
        assertThat(read("show/0/stream-0.mp4", 0, 0, 1000)).isEmpty();
        assertThat(read("show/0/empty.mp4", 0, Long.MAX_VALUE, 0)).isEmpty();
        assertThat(read("show/0/empty.mp4", 0, 10, 0)).isEmpty();
    }

    @Test
    void longFile_isReadAtItsEnd() throws Exception {
        keep("show/0", LONG);
        byte[] all = bytes(1, LONG);
        assertThat(read("show/0/stream-0.mp4", LONG - 100, 1000, LONG))
                .isEqualTo(Arrays.copyOfRange(all, LONG - 100, LONG));
        assertThat(read("show/0/stream-0.mp4", 5 << 20, 10, LONG))
                .isEqualTo(Arrays.copyOfRange(all, 5 << 20, (5 << 20) + 10));
    }

    @Test
    void readerWhoLeavesEarly_disturbsNoOther() throws Exception {
        keep("show/0", LONG);
        for (int i = 0; i < 20; i++) {
            try (InputStream body = store.open("show/0/stream-0.mp4", 0, Long.MAX_VALUE)
                    .orElseThrow()
                    .body()) {
                assertThat(body.readNBytes(10)).hasSize(10);
            }
        }
        assertThat(read("show/0/stream-0.mp4", 10, 10, LONG)).hasSize(10);
    }

    @Test
    void namesThatAreNoKeys_areNotFound() throws Exception {
        keep("show/0", 10);
        for (String key : List.of("show/0/nothing", "../show/0/stream-0.mp4", "show/0/../0/stream-0.mp4", "", "/")) {
            assertThat(store.open(key, 0, 10)).as(key).isEmpty();
        }
        assertThat(store.list("..")).isEmpty();
        assertThat(store.list("other")).isEmpty();
    }

    @Test
    void lists_areWhole_andOneLevelDeep() throws Exception {
        List<String> shows = List.of("a", "b", "c", "d", "e", "f", "g");
        for (String show : shows) {
            keep(show + "/0", 10);
        }
        keep("d/1", 10);
        assertThat(store.list("")).containsExactlyElementsOf(shows);
        assertThat(store.list("d")).containsExactly("0", "1");
        assertThat(store.list("d/0")).containsExactly("empty.mp4", "recording.json", "stream-0.mp4");
    }

    @Test
    void keptTwice_isKeptOnce() throws Exception {
        keep("show/0", 1000);
        keep("show/0", 1000);
        assertThat(read("show/0/stream-0.mp4", 0, 2000, 1000)).isEqualTo(bytes(1, 1000));
    }

    @Test
    void deleted_isForgottenButForItsName() throws Exception {
        keep("show/0", 1000);
        keep("show/1", 1000);
        store.delete("show/0");
        store.delete("show/0");
        store.delete("other/0");
        assertThat(store.open("show/0/stream-0.mp4", 0, 10)).isEmpty();
        assertThat(store.list("show/0")).isEmpty();
        assertThat(store.list("show")).containsExactly("0", "1");
        assertThat(store.open("show/1/stream-0.mp4", 0, 10).orElseThrow().total())
                .isEqualTo(1000);
    }
}
