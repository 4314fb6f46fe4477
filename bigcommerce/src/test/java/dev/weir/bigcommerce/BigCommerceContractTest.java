package dev.weir.bigcommerce;

import dev.weir.connectors.ChannelContract;
import java.util.regex.Pattern;

/** Does BigCommerce keep what every channel promises? */
class BigCommerceContractTest extends ChannelContract {
    @Override
    protected String channel() {
        return "bigcommerce";
    }

    /** An order is called off by its status: the address is that of every other change. */
    @Override
    protected Pattern cancelling() {
        return Pattern.compile("\"status_id\":5");
    }
}
