/** What does a viewer over WebRTC get, and what does it cost the one who sends it? A load client that really receives. */
@NullMarked
package dev.weir.bench.whep;

import org.jspecify.annotations.NullMarked;
