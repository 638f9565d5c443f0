// One source buffer of one media source: append in turn, forget what has been heard.

const KEEP_BEHIND_SECONDS = 30;

export class Buffer {
  constructor(audio, type) {
    this.audio = audio;
    this.type = type;
    this.media = new MediaSource();
    this.url = URL.createObjectURL(this.media);
    this.opened = new Promise((resolve) => {
      this.media.addEventListener("sourceopen", resolve, { once: true });
    });
    audio.src = this.url;
  }

  async open() {
    await this.opened;
    URL.revokeObjectURL(this.url);
    this.source = this.media.addSourceBuffer(this.type);
  }

  // The end of what is buffered without a gap from the place that is heard.
  get end() {
    const { buffered } = this.source;
    const now = this.audio.currentTime;
    for (let i = 0; i < buffered.length; i += 1) {
      if (buffered.start(i) <= now + 0.1 && buffered.end(i) > now) return buffered.end(i);
    }
    return now;
  }

  async append(bytes) {
    try {
      await this.change(() => this.source.appendBuffer(bytes));
    } catch (error) {
      if (error.name !== "QuotaExceededError") throw error;
      await this.forget(2);
      await this.change(() => this.source.appendBuffer(bytes));
    }
    await this.forget(KEEP_BEHIND_SECONDS);
  }

  async forget(keepSeconds) {
    const { buffered } = this.source;
    const until = this.audio.currentTime - keepSeconds;
    if (buffered.length && buffered.start(0) < until - 10) {
      await this.change(() => this.source.remove(0, until));
    }
  }

  change(start) {
    return new Promise((resolve, reject) => {
      const done = () => {
        this.source.removeEventListener("error", failed);
        resolve();
      };
      const failed = () => {
        this.source.removeEventListener("updateend", done);
        reject(new Error("the sound could not be added"));
      };
      this.source.addEventListener("updateend", done, { once: true });
      this.source.addEventListener("error", failed, { once: true });
      try {
        start();
      } catch (error) {
        this.source.removeEventListener("updateend", done);
        this.source.removeEventListener("error", failed);
        reject(error);
      }
    });
  }

  finish() {
    if (this.media.readyState === "open" && !this.source.updating) this.media.endOfStream();
  }
}
