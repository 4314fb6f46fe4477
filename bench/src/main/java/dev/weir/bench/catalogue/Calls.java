package dev.weir.bench.catalogue;

import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.http.CallRecord;
import dev.weir.connectors.http.ChannelHttp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How often was each operation of a shop called? To be looked at often: a hub remembers the last 1,000 calls of a connection. */
final class Calls {
    private final ChannelHttp http;
    private final Connection shop;
    private final Map<String, Integer> sent = new TreeMap<>();
    private Instant until = Instant.MIN;
    private int throttled;

    Calls(ChannelHttp http, Connection shop) {
        this.http = http;
        this.shop = shop;
    }

    void look() {
        List<CallRecord> records = http.calls(shop.id());
        for (CallRecord record : records.reversed()) {
            if (record.at().isAfter(until)) {
                until = record.at();
                sent.merge(record.operation() + " " + record.lane(), record.tries(), Integer::sum);
                throttled += record.fault() == Fault.THROTTLED && record.status() != 0 ? 1 : 0;
            }
        }
    }

    int of(String operation) {
        return sent.entrySet().stream()
                .filter(each -> each.getKey().startsWith(operation + " "))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    int throttled() {
        return throttled;
    }

    @Override
    public String toString() {
        return sent.toString();
    }
}
