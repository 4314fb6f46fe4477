package dev.weir.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ShowsTest {
    private final LiveBench bench = new LiveBench();
    private final Shows shows = bench.live.shows();

    private Show planned(String title) {
        return shows.create(bench.brand, title, null, "Mina", null);
    }

    @Test
    void title_givesASlugInLatinLetters() {
        String mark = UUID.randomUUID().toString().substring(0, 8);

        assertThat(planned("Été à Paris — " + mark).slug()).isEqualTo("ete-a-paris-" + mark);
        assertThat(planned("直播").slug()).matches("show(-[0-9a-f]+)?");
    }

    @Test
    void takenSlug_getsASuffixWhenDerivedAndARefusalWhenAsked() {
        String title = "Twice " + UUID.randomUUID();
        Show first = planned(title);

        assertThat(planned(title).slug()).isEqualTo(first.slug() + "-2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shows.create(bench.brand, title, first.slug(), "Mina", null))
                .withMessageContaining("slug: " + first.slug());
    }

    @Test
    void sameTitleAtOnce_givesDistinctSlugs() throws Exception {
        String title = "Rush " + UUID.randomUUID();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Show> create = () -> planned(title);
            List<Future<Show>> created = threads.invokeAll(java.util.Collections.nCopies(8, create));
            assertThat(created).extracting(show -> show.get().slug()).doesNotHaveDuplicates();
        }
    }

    @Test
    void badSlug_isRefusedByNameAndValue() {
        for (String slug : List.of(
                "ab", "Upper-Case", "a b c", "x".repeat(81), UUID.randomUUID().toString())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> shows.create(bench.brand, "T", slug, "Mina", null))
                    .withMessageContaining("slug: " + slug);
        }
    }

    @Test
    void show_isFoundByIdAndSlugAndNothingElse() {
        Show show = planned("Find me " + UUID.randomUUID());

        assertThat(shows.find(show.id().toString())).contains(show);
        assertThat(shows.find(show.slug())).contains(show);
        assertThat(shows.find("no-such-show")).isEmpty();
        assertThat(shows.list(bench.brand, 10)).containsExactly(show);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shows.list(null, 201))
                .withMessageContaining("limit: 201");
    }

    @Test
    void show_goesForwardOnlyAndRepeatsAreHarmless() {
        Show show = bench.show();
        Instant start = bench.clock.instant();

        assertThatIllegalStateException().isThrownBy(() -> shows.end(show.id()));
        Show live = shows.start(show.id());
        bench.clock.turn(Duration.ofMinutes(5));
        assertThat(shows.start(show.id())).isEqualTo(live);
        assertThat(live.startedAt()).isEqualTo(start);
        Show ended = shows.end(show.id());
        bench.clock.turn(Duration.ofMinutes(5));
        assertThat(shows.end(show.id())).isEqualTo(ended);
        assertThatIllegalStateException()
                .isThrownBy(() -> shows.start(show.id()))
                .withMessageContaining("expected: PLANNED");
        assertThat(bench.told).containsExactly("ShowStarted", "ShowEnded");
        assertThat(bench.heardNames()).containsExactly("state", "state");
    }

    @Test
    void liveAt_namesTheShowStartedLast() {
        Show first = shows.start(bench.show().id());
        Instant early = bench.clock.instant();
        bench.clock.turn(Duration.ofMinutes(1));
        Show second = shows.start(bench.show().id());
        bench.clock.turn(Duration.ofMinutes(1));
        Instant both = bench.clock.instant();
        shows.end(second.id());

        assertThat(shows.liveAt(bench.brand, early.minusMillis(1))).isEmpty();
        assertThat(shows.liveAt(bench.brand, early)).map(Show::id).contains(first.id());
        assertThat(shows.liveAt(bench.brand, both.minusMillis(1))).map(Show::id).contains(second.id());
        assertThat(shows.liveAt(bench.brand, both)).map(Show::id).contains(first.id());
        assertThat(shows.liveAt("someone-else", early)).isEmpty();
    }

    @Test
    void streamKey_isStableShownAgainAndNeverStoredInClear() {
        Show show = planned("Keyed " + UUID.randomUUID());
        String key = shows.streamKey(show.id());

        assertThat(shows.streamKey(show.id())).isEqualTo(key);
        assertThat(shows.byStreamKey(key)).map(Show::id).contains(show.id());
        byte[] stored = bench.jdbc
                .sql("select stream_key_sealed || stream_key_hash from show where id = :id")
                .param("id", show.id())
                .query((row, n) -> row.getBytes(1))
                .single();
        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain(key);
    }

    @Test
    void rotatedOrEndedKey_isRefused() {
        Show show = planned("Rotated " + UUID.randomUUID());
        String old = shows.streamKey(show.id());
        String fresh = shows.rotateStreamKey(show.id());

        assertThat(shows.byStreamKey(old)).isEmpty();
        assertThat(shows.byStreamKey("")).isEmpty();
        assertThat(shows.byStreamKey("x".repeat(10_000))).isEmpty();
        assertThat(shows.byStreamKey(fresh)).isPresent();
        shows.start(show.id());
        shows.end(show.id());
        assertThat(shows.byStreamKey(fresh)).isEmpty();
    }

    @Test
    void edit_changesWhatIsNotNull() {
        Show show = planned("Before " + UUID.randomUUID());
        Instant at = Instant.parse("2026-12-01T18:00:00Z");

        Show edited = shows.edit(show.id(), null, "Jo", at);

        assertThat(edited.title()).isEqualTo(show.title());
        assertThat(edited.host()).isEqualTo("Jo");
        assertThat(edited.startsAt()).isEqualTo(at);
        assertThatIllegalArgumentException().isThrownBy(() -> shows.edit(show.id(), " ", null, null));
        assertThatIllegalArgumentException().isThrownBy(() -> shows.edit(UUID.randomUUID(), "x", null, null));
    }

    @Test
    void rolledBackStart_isHeardByNobody() {
        Show show = bench.show();

        bench.transaction.executeWithoutResult(status -> {
            shows.start(show.id());
            status.setRollbackOnly();
        });

        assertThat(bench.heard).isEmpty();
        assertThat(shows.find(show.slug())).map(Show::state).contains(Show.State.PLANNED);
    }
}
