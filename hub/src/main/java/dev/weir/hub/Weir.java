package dev.weir.hub;

import dev.weir.hub.internal.Launcher;

/**
 * The program: {@code demo} runs a whole show on this machine, {@code run --config FILE} is production, {@code attribution rerun}
 * asks a hub that runs, {@code map test} runs a field map on a payload, {@code routes} looks at the routes of a hub that runs or changes them.
 */
public final class Weir {
    private Weir() {}

    /** See {@code ./weir} for the options; ends with status 2 on a bad one, 1 when it cannot do it. */
    public static void main(String[] args) {
        int status = Launcher.launch(args);
        if (status != 0) {
            System.exit(status);
        }
    }
}
