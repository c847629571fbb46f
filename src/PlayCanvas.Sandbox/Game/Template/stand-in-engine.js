/**
 * PlayCanvas.Build sandbox: stand-in engine v0.0.0, used when npm could not download the real engine.
 * It is not the PlayCanvas Engine: it implements just enough of its API to start the sandbox's own game and to draw its boxes.
 */
(function (global) {
    'use strict';

    var version = "0.0.0";
    var application = null;
    var scriptTypes = {};

    function createScript(name) {
        function Script() {}
        Script.prototype = {};
        Script.defaults = {};
        Script.attributes = {
            add: function (attribute, schema) {
                Script.defaults[attribute] = schema.default;
            }
        };
        scriptTypes[name] = Script;
        return Script;
    }

    // Matrices are column-major arrays of 16, as WebGL requires.
    function multiply(a, b) {
        var m = [];
        for (var c = 0; c < 4; c++) {
            for (var r = 0; r < 4; r++) {
                m[c * 4 + r] = a[r] * b[c * 4] + a[4 + r] * b[c * 4 + 1] + a[8 + r] * b[c * 4 + 2] + a[12 + r] * b[c * 4 + 3];
            }
        }
        return m;
    }

    function rotation(axis, degrees) {
        var c = Math.cos(degrees * Math.PI / 180);
        var s = Math.sin(degrees * Math.PI / 180);
        if (axis === 'x') return [1, 0, 0, 0, 0, c, s, 0, 0, -s, c, 0, 0, 0, 0, 1];
        if (axis === 'y') return [c, 0, -s, 0, 0, 1, 0, 0, s, 0, c, 0, 0, 0, 0, 1];
        return [c, s, 0, 0, -s, c, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
    }

    function euler(angles) {
        return multiply(rotation('z', angles[2]), multiply(rotation('y', angles[1]), rotation('x', angles[0])));
    }

    function translation(p) {
        return [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, p[0], p[1], p[2], 1];
    }

    function scaling(s) {
        return [s[0], 0, 0, 0, 0, s[1], 0, 0, 0, 0, s[2], 0, 0, 0, 0, 1];
    }

    function perspective(fov, aspect, near, far) {
        var f = 1 / Math.tan(fov * Math.PI / 360);
        return [f / aspect, 0, 0, 0, 0, f, 0, 0, 0, 0, (far + near) / (near - far), -1, 0, 0, 2 * far * near / (near - far), 0];
    }

    // The corners of a unit box: position, normal, texture coordinate.
    function boxVertices() {
        var vertices = [];
        for (var axis = 0; axis < 3; axis++) {
            for (var side = -1; side <= 1; side += 2) {
                [[-1, -1], [1, -1], [1, 1], [-1, -1], [1, 1], [-1, 1]].forEach(function (corner) {
                    var position = [0, 0, 0];
                    var normal = [0, 0, 0];
                    position[axis] = side * 0.5;
                    position[(axis + 1) % 3] = corner[0] * 0.5;
                    position[(axis + 2) % 3] = corner[1] * 0.5;
                    normal[axis] = side;
                    vertices.push.apply(vertices, position.concat(normal, [(corner[0] + 1) / 2, (corner[1] + 1) / 2]));
                });
            }
        }
        return new Float32Array(vertices);
    }

    var vertexShader = 'attribute vec3 position; attribute vec3 normal; attribute vec2 uv; uniform mat4 model; uniform mat4 viewProjection;' +
        'varying vec3 worldNormal; varying vec2 coordinate;' +
        'void main() { worldNormal = mat3(model) * normal; coordinate = uv; gl_Position = viewProjection * model * vec4(position, 1.0); }';
    var fragmentShader = 'precision mediump float; varying vec3 worldNormal; varying vec2 coordinate; uniform vec3 color; uniform sampler2D map;' +
        'void main() { float light = 0.45 + 0.55 * max(0.0, dot(normalize(worldNormal), normalize(vec3(0.4, 0.7, 0.6))));' +
        'gl_FragColor = vec4(color * texture2D(map, coordinate).rgb * light, 1.0); }';

    function Renderer(gl) {
        var program = gl.createProgram();
        [[gl.VERTEX_SHADER, vertexShader], [gl.FRAGMENT_SHADER, fragmentShader]].forEach(function (source) {
            var shader = gl.createShader(source[0]);
            gl.shaderSource(shader, source[1]);
            gl.compileShader(shader);
            gl.attachShader(program, shader);
        });
        gl.linkProgram(program);
        gl.useProgram(program);
        gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
        gl.bufferData(gl.ARRAY_BUFFER, boxVertices(), gl.STATIC_DRAW);
        [['position', 3, 0], ['normal', 3, 12], ['uv', 2, 24]].forEach(function (a) {
            var location = gl.getAttribLocation(program, a[0]);
            gl.enableVertexAttribArray(location);
            gl.vertexAttribPointer(location, a[1], gl.FLOAT, false, 32, a[2]);
        });
        gl.enable(gl.DEPTH_TEST);
        this.gl = gl;
        this.program = program;
        this.white = this.texture(new ImageData(new Uint8ClampedArray([255, 255, 255, 255]), 1, 1));
    }

    Renderer.prototype.texture = function (image) {
        var gl = this.gl;
        var texture = gl.createTexture();
        gl.bindTexture(gl.TEXTURE_2D, texture);
        gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, image);
        gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
        return texture;
    };

    Renderer.prototype.clear = function (color) {
        this.gl.viewport(0, 0, this.gl.canvas.width, this.gl.canvas.height);
        this.gl.clearColor(color[0], color[1], color[2], 1);
        this.gl.clear(this.gl.COLOR_BUFFER_BIT | this.gl.DEPTH_BUFFER_BIT);
    };

    Renderer.prototype.box = function (model, viewProjection, color, map) {
        var gl = this.gl;
        gl.uniformMatrix4fv(gl.getUniformLocation(this.program, 'model'), false, model);
        gl.uniformMatrix4fv(gl.getUniformLocation(this.program, 'viewProjection'), false, viewProjection);
        gl.uniform3fv(gl.getUniformLocation(this.program, 'color'), color);
        gl.bindTexture(gl.TEXTURE_2D, map || this.white);
        gl.drawArrays(gl.TRIANGLES, 0, 36);
    };

    function Entity(data) {
        this.name = data.name;
        this.components = data.components;
        this.place = multiply(translation(data.position), euler(data.rotation));
        this.scale = scaling(data.scale);
        this.scripts = [];
    }

    Entity.prototype.rotateLocal = function (x, y, z) {
        this.place = multiply(this.place, euler([x, y, z]));
    };

    function Application(canvas, options) {
        application = this;
        var self = this;
        this.canvas = canvas;
        this.prefix = options.assetPrefix || '';
        this.handlers = {};
        this.textures = {};
        this.entities = [];
        this.fillMode = 'FILL_WINDOW';
        this.loader = {
            getHandler: function () {
                return scriptHandler;
            }
        };
        this.scenes = {
            loadScene: function (url, done) {
                fetchJson(self.prefix + url).then(function (scene) {
                    self.addScene(scene);
                    done(null);
                }).catch(done);
            }
        };
        this.renderer = new Renderer(canvas.getContext('webgl', options.graphicsDeviceOptions));
        canvas.setAttribute('data-engine', 'PlayCanvas ' + version + ' (stand-in)');
    }

    Application.getApplication = function () {
        return application;
    };

    Application.prototype.on = function (name, handler) {
        (this.handlers[name] = this.handlers[name] || []).push(handler);
    };

    Application.prototype.fire = function (name) {
        (this.handlers[name] || []).forEach(function (handler) {
            handler();
        });
    };

    Application.prototype.resizeCanvas = function () {
        this.canvas.width = window.innerWidth;
        this.canvas.height = window.innerHeight;
    };

    Application.prototype.configure = function (url, done) {
        var self = this;
        fetchJson(url).then(function (config) {
            self.assets = config.assets;
            self.fillMode = config.application_properties.fillMode;
            done(null);
        }).catch(done);
    };

    // Requests every preloaded asset as the real engine does: by its URL with its hash.
    Application.prototype.preload = function (done) {
        var self = this;
        var assets = Object.keys(this.assets).map(function (id) {
            return Object.assign({ id: id }, self.assets[id]);
        }).filter(function (asset) {
            return asset.preload && asset.file;
        });
        Promise.all(assets.map(function (asset) {
            return self.load(asset);
        })).then(function () {
            self.fire('preload:end');
            done();
        });
    };

    Application.prototype.load = function (asset) {
        var self = this;
        var url = this.prefix + asset.file.url + '?t=' + asset.file.hash;
        return new Promise(function (resolve) {
            if (asset.type === 'script') {
                self.loader.getHandler('script').load({ load: url }, resolve, asset);
            } else if (asset.type === 'texture') {
                var image = new Image();
                image.onload = function () {
                    self.textures[asset.id] = self.renderer.texture(image);
                    resolve();
                };
                image.onerror = resolve;
                image.src = url;
            } else {
                fetch(url).then(resolve, resolve);
            }
        });
    };

    Application.prototype.addScene = function (scene) {
        var self = this;
        Object.keys(scene.entities).forEach(function (guid) {
            var entity = new Entity(scene.entities[guid]);
            var component = entity.components.script;
            self.entities.push(entity);
            (component ? component.order : []).forEach(function (name) {
                var script = new scriptTypes[name]();
                Object.assign(script, scriptTypes[name].defaults, component.scripts[name].attributes, { entity: entity, app: self });
                entity.scripts.push(script);
                if (script.initialize) script.initialize();
            });
        });
    };

    Application.prototype.start = function () {
        var self = this;
        var last = performance.now();
        function frame(now) {
            var dt = Math.min(0.1, (now - last) / 1000);
            last = now;
            self.entities.forEach(function (entity) {
                entity.scripts.forEach(function (script) {
                    if (script.update) script.update(dt);
                });
            });
            self.render();
            requestAnimationFrame(frame);
        }
        requestAnimationFrame(frame);
    };

    Application.prototype.render = function () {
        var self = this;
        var eye = this.entities.filter(function (entity) {
            return entity.components.camera;
        })[0];
        var camera = eye.components.camera;
        // The camera only moves in this game and never rotates, so its inverse is the opposite translation.
        var view = translation([-eye.place[12], -eye.place[13], -eye.place[14]]);
        var projection = perspective(camera.fov, this.canvas.width / this.canvas.height, camera.nearClip, camera.farClip);
        var viewProjection = multiply(projection, view);
        this.renderer.clear(camera.clearColor);
        this.entities.forEach(function (entity) {
            var render = entity.components.render;
            if (!render) return;
            var material = self.assets[render.materialAssets[0]].data;
            self.renderer.box(multiply(entity.place, entity.scale), viewProjection, material.diffuse, self.textures[material.diffuseMap]);
        });
    };

    function fetchJson(url) {
        return fetch(url).then(function (response) {
            if (!response.ok) throw new Error(url + ': ' + response.status);
            return response.json();
        });
    }

    var added = {};

    function addScript(url, done) {
        added[url] = added[url] || new Promise(function (resolve) {
            var script = document.createElement('script');
            script.onload = script.onerror = resolve;
            script.src = url;
            document.head.appendChild(script);
        });
        added[url].then(done);
    }

    // The base class of scripts that are modules.
    function Script() {}

    function registerScript(script, name) {
        script.defaults = {};
        scriptTypes[name] = script;
    }

    function importScripts(url, done) {
        import(new URL(url.split('?')[0], location.href).href).then(function (module) {
            Object.keys(module).forEach(function (name) {
                registerScript(module[name], module[name].scriptName);
            });
        }).then(done, done);
    }

    var scriptHandler = {
        load: function (url, done) {
            (url.load.split('?')[0].endsWith('.mjs') ? importScripts : addScript)(url.load, done);
        }
    };

    global.pc = { version: version, Application: Application, Script: Script, createScript: createScript, registerScript: registerScript };
})(window);
