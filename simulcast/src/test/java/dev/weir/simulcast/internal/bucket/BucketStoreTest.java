package dev.weir.simulcast.internal.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.simulcast.BucketConfig;
import dev.weir.simulcast.RecordingStore;
import dev.weir.simulcast.internal.record.RecordingStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A bucket keeps the contract, over HTTP, and what can go wrong on the way there. */
class BucketStoreTest extends RecordingStoreContract {

    private static final int PART = 5 << 20;

    private final StrictS3 s3 = new StrictS3();

    @Override
    protected RecordingStore open() {
        return open(s3.config("lives/kiln"));
    }

    private static RecordingStore open(BucketConfig config) {
        return new BucketStore(config, PART, Duration.ofSeconds(10));
    }

    @AfterEach
    void stop() {
        s3.close();
    }

    private long asked(String part) {
        return s3.asked.stream().filter(line -> line.contains(part)).count();
    }

    @Test
    void kept_isBelowThePrefix_andGoesUpInParts() throws Exception {
        assertThat(store.keep("show/0", written("show/0", LONG))).isTrue();
        assertThat(s3.keys())
                .containsExactly(
                        "lives/kiln/show/0/empty.mp4",
                        "lives/kiln/show/0/recording.json",
                        "lives/kiln/show/0/stream-0.mp4");
        assertThat(asked("partNumber=")).isEqualTo(3);
        assertThat(s3.bucket.uploads).isEmpty();
    }

    @Test
    void serviceThatAsksToSlowDown_isAskedAgain() throws Exception {
        s3.slowDowns.set(2);
        assertThat(store.keep("show/0", written("show/0", 1000))).isTrue();
    }

    @Test
    void uploadThatBreaksOff_goesOnWithThePartThatIsMissing() throws Exception {
        List<Path> files = written("show/0", LONG);
        s3.breaksAtPart = 3;
        assertThatThrownBy(() -> store.keep("show/0", files)).isInstanceOf(IOException.class);
        assertThat(s3.keys()).as("nothing half").isEmpty();
        s3.breaksAtPart = 0;
        s3.asked.clear();
        try (RecordingStore restarted = open()) {
            assertThat(restarted.keep("show/0", files)).isTrue();
        }
        assertThat(asked("partNumber=3")).isEqualTo(1);
        assertThat(asked("partNumber=")).isEqualTo(1);
        assertThat(s3.bucket.object("lives/kiln/show/0/stream-0.mp4").bytes()).isEqualTo(bytes(1, LONG));
    }

    @Test
    void partOfAnotherFile_isSentAgain() throws Exception {
        List<Path> files = written("show/0", LONG);
        s3.breaksAtPart = 3;
        assertThatThrownBy(() -> store.keep("show/0", files)).isInstanceOf(IOException.class);
        s3.breaksAtPart = 0;
        Files.write(files.getFirst(), bytes(2, LONG));
        assertThat(store.keep("show/0", files)).isTrue();
        assertThat(s3.bucket.object("lives/kiln/show/0/stream-0.mp4").bytes()).isEqualTo(bytes(2, LONG));
    }

    @Test
    void bytesThatDoNotArrive_areNotBelieved() throws Exception {
        s3.damages = true;
        List<Path> files = written("show/0", 1000);
        assertThatThrownBy(() -> store.keep("show/0", files)).hasMessageContaining("not in the bucket as it was sent");
        s3.damages = false;
        assertThat(store.keep("show/0", files)).isTrue();
    }

    @Test
    void anotherRecordingOfTheSameNumber_isNotOverwritten() throws Exception {
        store.keep("show/0", written("show/0", 1000));
        List<Path> other = written("show/0", 1000);
        Files.writeString(other.getLast(), "{\"showId\":\"another\"}");
        assertThatThrownBy(() -> store.keep("show/0", other)).hasMessageContaining("another recording");
        assertThat(s3.bucket.object("lives/kiln/show/0/stream-0.mp4").bytes()).isEqualTo(bytes(1, 1000));
    }

    @Test
    void deleted_leavesNoHalfUploads() throws Exception {
        s3.breaksAtPart = 2;
        List<Path> files = written("show/0", LONG);
        assertThatThrownBy(() -> store.keep("show/0", files)).isInstanceOf(IOException.class);
        assertThat(s3.bucket.uploads).hasSize(1);
        store.delete("show/0");
        assertThat(s3.bucket.uploads).isEmpty();
    }

    @Test
    void wrongSecret_isRefused_andNotTold() {
        BucketConfig right = s3.config("");
        var wrong = new BucketConfig(
                right.endpoint(), right.region(), right.bucket(), "", right.accessKey(), "hush-hush", true);
        try (RecordingStore refused = open(wrong)) {
            assertThatThrownBy(() -> refused.list(""))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("SignatureDoesNotMatch")
                    .hasMessageNotContaining("hush");
        }
        assertThat(wrong).asString().doesNotContain("hush");
    }

    @Test
    void serviceThatIsDown_isAnErrorAndNotAnEmptyList() throws Exception {
        s3.down = true;
        assertThatThrownBy(() -> store.list("")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> store.open("show/0/stream-0.mp4", 0, 10)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> store.delete("show/0")).isInstanceOf(IOException.class);
    }
}
