// Listens to the page from outside: what was sent, what came, and when pixels were drawn.
(() => {
  const log = { uploads: [], pointers: [], sends: [], acks: [], texts: [], draws: [], keys: [], frames: [] };
  window.__bench = log;
  const now = () => performance.now();
  const { open } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.open = function (...args) {
    this.upload.addEventListener("load", () => log.uploads.push(now()));
    return open.apply(this, args);
  };
  const Plain = window.WebSocket;
  window.WebSocket = class extends Plain {
    constructor(...args) {
      super(...args);
      this.addEventListener("message", ({ data }) => {
        if (typeof data === "string") log.texts.push([now(), data]);
        else log.frames.push([now(), new DataView(data).getUint32(8, true), data.byteLength]);
      });
    }
    send(data) {
      const message = JSON.parse(data);
      if (message.ack !== undefined) log.acks.push([now(), message.ack]);
      else log.sends.push([now(), message.id, message.drag, message.view]);
      super.send(data);
    }
  };
  const { drawImage } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.drawImage = function (...args) {
    drawImage.apply(this, args);
    log.draws.push(now());
  };
  addEventListener("pointermove", (event) => log.pointers.push(event.timeStamp), true);
  addEventListener("keydown", (event) => log.keys.push([event.timeStamp, event.key]), true);
})();
