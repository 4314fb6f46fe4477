package dev.weir.connectors;

import java.util.List;

/** Where does the platform take a live stream, and which streams does it take? */
public interface LiveDestination {
    /** The ways in, the best first; no I/O. */
    List<Preset> presets();

    /**
     * One way in.
     *
     * @param ingest an address, with {@code {key}} where the stream key goes
     * @param keySource where the host finds the key, for people
     * @param maxKilobits most bits a second of picture and sound together, in thousands
     * @param maxHeight most lines of the picture's longer side
     * @param portrait whether the platform shows upright pictures
     */
    record Preset(
            String name,
            String ingest,
            String keySource,
            int maxKilobits,
            int maxHeight,
            int maxFps,
            boolean portrait) {}
}
