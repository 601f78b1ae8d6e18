'use strict';

// n8n finds the node and the credential through package.json#n8n; there is nothing to import here.
module.exports = {};
