// Asks each second whether the files have changed since this page was made, and loads it again if so. Pages may load scripts of
// their own site and nothing else, so the answer comes as a script.
(() => {
  const address = document.currentScript.src.replace("/preview.js", "/preview-changed.js");
  const ask = () => {
    const script = document.createElement("script");
    script.src = `${address}&asked=${Date.now()}`;
    script.onload = script.onerror = () => {
      script.remove();
      setTimeout(ask, 1000);
    };
    document.head.append(script);
  };
  setTimeout(ask, 1000);
})();
