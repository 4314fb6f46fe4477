package dev.weir.routes.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a spool still knows after it was cut off, harmed, or read half. */
class SpoolTest {
    private static final long PLENTY = 64L << 20;

    @TempDir
    Path folder;

    @Test
    void everyValueComesBackAsItWas() throws IOException {
        InboxRow row = row("d1 — é", "{\"a\":\"b\"}");
        new Spool(folder, PLENTY).append(row);
        InboxRow read = drained(new Spool(folder, PLENTY)).getFirst();
        assertThat(read).usingRecursiveComparison().isEqualTo(row);
    }

    @Test
    void hubKilledAtAnyByteOfARecord_losesNothingThatWasAnswered() throws IOException {
        Spool killed = new Spool(folder, PLENTY);
        killed.append(row("d1", "first"));
        long answered = Files.size(file());
        killed.append(row("d2", "second"));
        byte[] whole = Files.readAllBytes(file());
        Path torn = file();
        for (int cut = (int) answered; cut < whole.length; cut++) {
            Files.write(torn, Arrays.copyOf(whole, cut));
            Spool restarted = new Spool(folder, PLENTY);
            restarted.append(row("d3", "after the restart"));
            assertThat(names(drained(restarted))).containsExactly("d1", "d3");
            assertThat(restarted.bytes()).isZero();
            assertThat(files()).isEmpty();
        }
    }

    @Test
    void tailOfZeros_asAPowerCutMayLeaveIt_isNoRecord() throws IOException {
        new Spool(folder, PLENTY).append(row("d1", "first"));
        Files.write(file(), new byte[5_000], StandardOpenOption.APPEND);
        assertThat(names(drained(new Spool(folder, PLENTY)))).containsExactly("d1");
        assertThat(files()).isEmpty();
    }

    @Test
    void harmedRecord_isSkipped_andItsFileKeptForAPerson() throws IOException {
        Spool spool = new Spool(folder, PLENTY);
        spool.append(row("d1", "first"));
        long second = Files.size(file());
        spool.append(row("d2", "second"));
        spool.append(row("d3", "third"));
        byte[] whole = Files.readAllBytes(file());
        whole[(int) second + 100] ^= 1;
        Files.write(file(), whole);
        Spool restarted = new Spool(folder, PLENTY);
        assertThat(names(drained(restarted))).containsExactly("d1", "d3");
        assertThat(files()).hasSize(1).allMatch(name -> name.endsWith(".spool.aside"));
        assertThat(drained(restarted)).isEmpty();
        assertThat(restarted.bytes()).as("what is kept takes room").isPositive();
    }

    @Test
    void harmedLastRecord_isNotTakenForOneThatNobodyWasAnsweredFor() throws IOException {
        Spool spool = new Spool(folder, PLENTY);
        spool.append(row("d1", "first"));
        long second = Files.size(file());
        spool.append(row("d2", "second"));
        byte[] whole = Files.readAllBytes(file());
        for (int at : new int[] {0, 100}) {
            byte[] harmed = whole.clone();
            harmed[(int) second + at] ^= 1;
            Path file = folder.resolve("0000000000000000.spool");
            Files.write(file, harmed);
            assertThat(names(drained(new Spool(folder, PLENTY)))).containsExactly("d1");
            assertThat(files()).hasSize(1).allMatch(name -> name.endsWith(".spool.aside"));
            Files.delete(file());
        }
    }

    @Test
    void fileThatWasPutAside_isTriedAgainUnderItsOldName_andTakesNoRoomOnceItIsMovedAway() throws IOException {
        Spool spool = new Spool(folder, PLENTY);
        spool.append(row("d1", "first"));
        assertThat(spool.drain(rows -> 1)).isEqualTo(1);
        Files.move(file(), folder.resolve("0000000000000000.spool"));
        assertThat(names(drained(spool))).containsExactly("d1");
        assertThat(files()).isEmpty();
        spool.append(row("d2", "second"));
        spool.drain(rows -> 1);
        assertThat(spool.bytes()).isPositive();
        Files.delete(file());
        drained(spool);
        assertThat(spool.bytes()).isZero();
    }

    @Test
    void deliveriesLieInFilesOfTheHubsUserAlone() throws IOException {
        try (SpoolSlot slot = SpoolSlot.take(folder.resolve("spool"));
                Spool spool = new Spool(slot.folder(), PLENTY)) {
            spool.append(row("d1", "ana@example.com"));
            assertThat(permissions(slot.folder())).isEqualTo("rwx------");
            assertThat(permissions(slot.folder().resolve("0000000000000000.spool")))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void closedSpool_takesNothing_becauseAnotherHubMayHaveTakenItUp() throws IOException {
        Spool spool = new Spool(folder, PLENTY);
        spool.append(row("d1", "first"));
        spool.close();
        assertThat(spool.append(row("d2", "second"))).isFalse();
        assertThat(names(drained(new Spool(folder, PLENTY)))).containsExactly("d1");
    }

    @Test
    void databaseThatGoesAgainInMidDrain_isGivenTheFileOnceMore() throws IOException {
        Spool spool = new Spool(folder, PLENTY);
        spool.append(row("d1", "first"));
        assertThatThrownBy(() -> spool.drain(rows -> {
                    throw new IllegalStateException("away again");
                }))
                .hasMessage("away again");
        spool.append(row("d2", "second"));
        assertThat(names(drained(spool))).containsExactly("d1", "d2");
    }

    @Test
    void ageOfWhatWaits_isThatOfItsOldestDelivery_alsoAside_andEndsWithIt() throws IOException {
        Spool spool = new Spool(folder, PLENTY);
        assertThat(spool.oldest()).isEmpty();
        InboxRow first = row("d1", "first");
        spool.append(first);
        assertThat(spool.oldest()).contains(first.receivedAt());
        spool.drain(rows -> 1);
        assertThat(spool.oldest()).contains(first.receivedAt());
        assertThat(new Spool(folder, PLENTY).oldest()).isPresent();
        Files.delete(file());
        drained(spool);
        assertThat(spool.oldest()).isEmpty();
    }

    @Test
    void deliveryThatTheDatabaseRefuses_isKeptAside() throws IOException {
        Spool spool = new Spool(folder, PLENTY);
        spool.append(row("d1", "first"));
        spool.drain(rows -> 1);
        assertThat(files()).hasSize(1).allMatch(name -> name.endsWith(".spool.aside"));
    }

    @Test
    void manyAtOnce_whileItIsDrained_allComeOutOnce_eachSendersInOrder() throws Exception {
        Spool spool = new Spool(folder, PLENTY);
        AtomicBoolean done = new AtomicBoolean();
        List<String> out = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> drain = threads.submit(() -> {
                while (!done.get()) {
                    out.addAll(names(drained(spool)));
                }
                return null;
            });
            List<Future<?>> senders = new ArrayList<>();
            for (int sender = 0; sender < 8; sender++) {
                String name = "s" + sender + "-";
                senders.add(threads.submit(() -> {
                    for (int i = 100; i < 150; i++) {
                        assertThat(spool.append(row(name + i, "body"))).isTrue();
                    }
                    return null;
                }));
            }
            for (Future<?> sender : senders) {
                sender.get();
            }
            done.set(true);
            drain.get();
        }
        out.addAll(names(drained(spool)));
        assertThat(out).hasSize(400).doesNotHaveDuplicates();
        for (int sender = 0; sender < 8; sender++) {
            String name = "s" + sender + "-";
            assertThat(out.stream().filter(one -> one.startsWith(name))).isSorted();
        }
    }

    @Test
    void largeSpool_isReadFileByFile_andEachIsGoneOnceItIsIn() throws IOException {
        Spool spool = new Spool(folder, PLENTY);
        String large = "x".repeat(900_000);
        for (int i = 10; i < 30; i++) {
            spool.append(row("d" + i, large));
        }
        assertThat(files()).hasSizeGreaterThan(1);
        List<String> out = new ArrayList<>();
        List<Integer> left = new ArrayList<>();
        spool.drain(rows -> {
            out.addAll(names(rows));
            left.add(files().size());
            return 0;
        });
        assertThat(out).hasSize(20).isSorted();
        assertThat(left).isSortedAccordingTo((a, b) -> b - a).doesNotHaveDuplicates();
        assertThat(spool.bytes()).isZero();
    }

    private static List<InboxRow> drained(Spool spool) throws IOException {
        List<InboxRow> all = new ArrayList<>();
        spool.drain(rows -> {
            all.addAll(rows);
            return 0;
        });
        return all;
    }

    private static List<String> names(List<InboxRow> rows) {
        return rows.stream().map(InboxRow::deliveryId).toList();
    }

    private Path file() {
        return folder.resolve(files().getLast());
    }

    private List<String> files() {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String permissions(Path of) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(of));
    }

    private static InboxRow row(String delivery, String body) {
        return new InboxRow(
                UUID.randomUUID(),
                UUID.randomUUID(),
                "brand",
                "shop",
                delivery,
                "orders/create",
                "7",
                "{\"content-type\":\"text/plain\"}",
                "a=b",
                body.getBytes(StandardCharsets.UTF_8),
                Instant.parse("2026-11-24T12:00:00.123456789Z"));
    }
}
