package dev.weir.simulcast.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Which bytes might a broken or hostile peer send? Mutations of kept samples, the same ones for the same seed.
 *
 * <p>Samples lie under {@code src/test/resources/fuzz/<name>/}; an input that once did harm is kept there as well.
 */
public final class Mutator {

    private static final byte[] INTERESTING = {0, 1, 2, 3, 9, 0x10, 0x40, 0x7F, (byte) 0x80, (byte) 0xC0, (byte) 0xFF};
    private static final int MAX_GROWTH = 4096;

    private final SplittableRandom random;
    private final List<byte[]> corpus;

    /** Mutations of these samples, of which there is at least one. */
    public Mutator(long seed, List<byte[]> corpus) {
        this.random = new SplittableRandom(seed);
        this.corpus = List.copyOf(corpus);
    }

    /** Mutations of the kept samples of that name. */
    public static Mutator of(String name, long seed) {
        return new Mutator(seed, corpus(name));
    }

    /** The kept samples of that name, in the order of their file names. */
    public static List<byte[]> corpus(String name) {
        var folder = Objects.requireNonNull(Mutator.class.getResource("/fuzz/" + name), "no samples for " + name);
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            return files.sorted().map(Mutator::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A sample with one to eight changes. */
    public byte[] next() {
        byte[] input = corpus.get(random.nextInt(corpus.size())).clone();
        for (int i = 1 + random.nextInt(8); i > 0; i--) {
            input = change(input);
        }
        return input;
    }

    /** Every sample as it is, and then so many mutations; on a failure the input is named in hex. */
    public void feed(int mutations, Consumer<byte[]> parser) {
        corpus.forEach(parser);
        for (int i = 0; i < mutations; i++) {
            byte[] input = next();
            try {
                parser.accept(input);
            } catch (RuntimeException | AssertionError e) {
                String hex = HexFormat.of().formatHex(input, 0, Math.min(input.length, 2048));
                throw new AssertionError("mutation %d, %d bytes: %s".formatted(i, input.length, hex), e);
            }
        }
    }

    private byte[] change(byte[] input) {
        if (input.length == 0) {
            return new byte[] {(byte) random.nextInt()};
        }
        int at = random.nextInt(input.length);
        return switch (random.nextInt(8)) {
            case 0 -> with(input, at, (byte) (input[at] ^ (1 << random.nextInt(8))));
            case 1 -> with(input, at, (byte) random.nextInt());
            case 2 -> with(input, at, INTERESTING[random.nextInt(INTERESTING.length)]);
            case 3 -> Arrays.copyOf(input, at);
            case 4 -> without(input, at, 1 + random.nextInt(Math.min(32, input.length - at)));
            case 5 -> inserted(input, at, noise(1 + random.nextInt(32)));
            case 6 -> repeated(input, at);
            default -> spliced(input, at);
        };
    }

    private static byte[] with(byte[] input, int at, byte value) {
        input[at] = value;
        return input;
    }

    private byte[] noise(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] without(byte[] input, int at, int count) {
        byte[] out = Arrays.copyOf(input, input.length - count);
        System.arraycopy(input, at + count, out, at, input.length - at - count);
        return out;
    }

    private static byte[] inserted(byte[] input, int at, byte[] more) {
        byte[] out = Arrays.copyOf(input, input.length + more.length);
        System.arraycopy(more, 0, out, at, more.length);
        System.arraycopy(input, at, out, at + more.length, input.length - at);
        return out;
    }

    private byte[] repeated(byte[] input, int at) {
        int length = 1 + random.nextInt(Math.min(MAX_GROWTH, input.length - at));
        return inserted(input, at, Arrays.copyOfRange(input, at, at + length));
    }

    private byte[] spliced(byte[] input, int at) {
        byte[] other = corpus.get(random.nextInt(corpus.size()));
        int from = other.length == 0 ? 0 : random.nextInt(other.length);
        return inserted(Arrays.copyOf(input, at), at, Arrays.copyOfRange(other, from, other.length));
    }
}
