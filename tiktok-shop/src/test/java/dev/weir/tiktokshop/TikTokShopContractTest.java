package dev.weir.tiktokshop;

import dev.weir.connectors.ChannelContract;

/** Does TikTok Shop keep what every channel promises? */
class TikTokShopContractTest extends ChannelContract {
    @Override
    protected String channel() {
        return "tiktok-shop";
    }
}
