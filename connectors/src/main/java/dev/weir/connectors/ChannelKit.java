package dev.weir.connectors;

import dev.weir.connectors.http.ChannelHttp;
import dev.weir.connectors.mapping.Mappings;
import java.time.Clock;

/** What does the hub lend every channel: the one HTTP path, the field maps and the time? */
public record ChannelKit(ChannelHttp http, Mappings mappings, Clock clock) {}
