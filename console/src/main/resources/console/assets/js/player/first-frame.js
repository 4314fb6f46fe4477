// When a video element shows its first picture: said once, whether the page is looked at or not.
export function onFirstFrame(video, then) {
  let isOver = false;
  let request = 0;
  const look = () => {
    // A page in the background paints nothing, so there the decoder's word must do.
    if ((document.hidden || !video.requestVideoFrameCallback) && video.videoWidth > 0 && video.currentTime > 0) once();
  };
  const stop = () => {
    isOver = true;
    video.removeEventListener('timeupdate', look);
    if (request) video.cancelVideoFrameCallback?.(request);
  };
  const once = () => {
    if (isOver) return;
    stop();
    then();
  };
  if (video.requestVideoFrameCallback) request = video.requestVideoFrameCallback(once);
  video.addEventListener('timeupdate', look);
  return stop;
}
