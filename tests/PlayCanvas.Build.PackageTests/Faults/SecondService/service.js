// A second stand-in for the service, which shares no code with the sandbox, so that a wrong assumption of the sandbox does not pass unnoticed.
// It executes the first request that publishes an app and then loses the response in the way that LOSS names: reset, hang, error, empty or page.
// With COLLEAGUE set, another app of the same name and version is published just before. It writes its port to the standard output.
'use strict';
const http = require('http');

const { LOSS, COLLEAGUE } = process.env;
const branch = { id: 'b-main', name: 'main' };
const apps = [];
const builds = [];
let lastId = 100;
let posts = 0;

const now = () => new Date().toISOString();

function publish(body, releaseNotes) {
    const app = {
        id: ++lastId, project_id: body.project_id, owner_id: 1, name: body.name, version: body.version, description: null, release_notes: releaseNotes,
        size: 1, views: 0, created_at: now(), modified_at: now(), completed_at: now(), url: `https://apps.example.test/${lastId}`,
    };
    apps.unshift(app);
    builds.unshift({
        id: ++lastId, project_id: body.project_id, app_id: app.id, job_id: null, type: 'publish', status: 'complete', attempt: 1, branch,
        actor: { id: 1, username: 'user', name: 'User' }, source: { type: 'api' },
        settings: {
            name: body.name, version: body.version, release_notes: releaseNotes, format: 'playcanvas', scenes: body.scenes.map(id => ({ id, name: 'Main' })),
            scripts_concatenate: false, scripts_minify: false, scripts_sourcemaps: false, optimize_scene_format: false,
        },
        artifacts: [], message: null, created_at: now(), modified_at: now(), completed_at: now(), duration_ms: 1,
    });
    return app;
}

const list = result => ({ result, pagination: { limit: 100, skip: 0, total: result.length } });

const routes = {
    'GET scenes': () => ({ result: [{ id: 1001, projectId: 7, name: 'Main' }] }),
    'GET branches': () => ({ result: [{ ...branch, permanent: true }], pagination: { hasMore: false } }),
    'GET apps': () => list(apps),
    'GET builds': () => list(builds),
    'GET state': () => ({ posts, apps }),
};

function respond(response, body, status = 200) {
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(body));
}

function lose(request, response) {
    if (LOSS === 'reset')
        request.socket.destroy();
    else if (LOSS === 'error')
        respond(response, { error: 'failed' }, 500);
    else if (LOSS === 'empty')
        response.writeHead(200).end();
    else if (LOSS === 'page')
        response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html></html>');
}

function handle(request, response, body) {
    const path = request.url.split('?')[0].split('/');
    const last = path[path.length - 1];
    if (request.method === 'POST' && last === 'apps') {
        posts++;
        if (COLLEAGUE && posts === 1)
            publish(body, 'Published by a colleague');
        const app = publish(body, body.release_notes);
        if (posts > 1)
            respond(response, app, 201);
        else
            lose(request, response);
        return;
    }

    const route = routes[`${request.method} ${last}`];
    const app = apps.find(candidate => `${candidate.id}` === last);
    if (route || app)
        respond(response, route ? route() : app);
    else
        respond(response, { error: 'not found' }, 404);
}

const server = http.createServer((request, response) => {
    let text = '';
    request.on('data', part => { text += part; });
    request.on('end', () => handle(request, response, text && JSON.parse(text)));
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
