extension LinkAssets {
    /// What stands in for the script that Plaid serves to pages.
    ///
    /// It sets styles through the object model alone, so that a page whose policy forbids inline styles can use it.
    static let initialize = #"""
        (function () {
          'use strict';
          var base = new URL('.', document.currentScript.src);
          var count = 0;

          function checked(config) {
            if (!config || typeof config.token !== 'string' || config.token === '') {
              throw new Error('Plaid.create: missing token');
            }
            if (typeof config.onSuccess !== 'function') {
              throw new Error('Plaid.create: onSuccess must be a function');
            }
            return config;
          }

          function makeFrame(id, config) {
            var told = new URLSearchParams({ link: id, token: config.token, origin: window.location.origin });
            if (config.receivedRedirectUri) told.set('received_redirect_uri', config.receivedRedirectUri);
            var frame = document.createElement('iframe');
            frame.id = id;
            frame.title = 'Plaid Link';
            frame.setAttribute('allow', 'clipboard-write');
            var styles = {
              display: 'none', position: 'fixed', top: '0', left: '0', width: '100%', height: '100%',
              border: '0', 'z-index': '9999'
            };
            Object.keys(styles).forEach(function (name) { frame.style.setProperty(name, styles[name]); });
            frame.src = new URL('link.html', base).href + '#' + told.toString();
            document.body.appendChild(frame);
            return frame;
          }

          function create(given) {
            var config = checked(given);
            count += 1;
            var id = 'plaid-link-iframe-' + count;
            var frame = makeFrame(id, config);
            var isLoaded = false;
            var wantsOpen = false;

            function call(name, values) {
              if (typeof config[name] === 'function') config[name].apply(null, values);
            }
            function tell(verb) {
              frame.contentWindow.postMessage({ link: id, verb: verb }, base.origin);
            }
            function show(isShown) {
              if (frame) frame.style.setProperty('display', isShown ? 'block' : 'none');
            }
            function start() {
              show(true);
              tell('open');
            }
            function hear(event) {
              if (!frame || event.origin !== base.origin || event.source !== frame.contentWindow) return;
              var told = event.data;
              if (!told || told.link !== id) return;
              if (told.type === 'loaded') {
                isLoaded = true;
                call('onLoad', []);
                if (wantsOpen) start();
              } else if (told.type === 'event') {
                call('onEvent', [told.name, told.metadata]);
              } else if (told.type === 'success') {
                show(false);
                call('onSuccess', [told.public_token, told.metadata]);
              } else if (told.type === 'exit') {
                show(false);
                call('onExit', [told.error, told.metadata]);
              } else if (told.type === 'navigate' && new URL(told.url).origin === base.origin) {
                window.location.assign(told.url);
              }
            }
            window.addEventListener('message', hear);

            return {
              open: function () {
                if (!frame) throw new Error('Plaid: this handler has been destroyed');
                if (isLoaded) start(); else wantsOpen = true;
              },
              exit: function () {
                if (frame && isLoaded) tell('exit');
              },
              submit: function () {},
              destroy: function () {
                window.removeEventListener('message', hear);
                if (frame) frame.remove();
                frame = null;
              }
            };
          }

          window.Plaid = { create: create, version: '2.0.0' };
        })();
        """#
}
