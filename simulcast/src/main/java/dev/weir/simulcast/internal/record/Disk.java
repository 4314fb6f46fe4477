package dev.weir.simulcast.internal.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** What a file needs to be there after the machine has crashed, and not only this process. */
final class Disk {

    private Disk() {}

    /** Waits until what was written to the file is on the disk itself. */
    static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** The same for the names in a folder: a file that was made, or renamed, is found again. */
    static void syncFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Makes the folder and those above it, down from {@code root}, and their names durable. */
    static void makeFolder(Path root, Path folder) throws IOException {
        Files.createDirectories(folder);
        Path made = folder;
        while (made != null && made.startsWith(root)) {
            syncFolder(made);
            made = made.getParent();
        }
    }

    /** Writes a file so that a reader, or a crash, finds the old text or the new one. */
    static void replace(Path file, String text) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        try (FileChannel channel = FileChannel.open(
                draft, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            write(channel, text.getBytes(StandardCharsets.UTF_8));
            channel.force(true);
        }
        rename(draft, file);
    }

    static void write(FileChannel channel, byte[] bytes) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            channel.write(left);
        }
    }

    /** Gives a file that is on the disk its name. */
    static void rename(Path draft, Path file) throws IOException {
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Path folder = file.getParent();
        if (folder != null) {
            syncFolder(folder);
        }
    }
}
