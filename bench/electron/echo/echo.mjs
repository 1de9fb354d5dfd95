process.parentPort.on('message', ({ ports }) => {
  for (const port of ports) {
    port.on('message', ({ data }) => port.postMessage(data));
    port.start();
  }
});
