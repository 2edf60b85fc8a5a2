/** What the seed document says of the eleven messages: description, fields, types, required marks. */

type SeedField = readonly [name: string, type: string, required: '✓' | '✗', description: string];

export const SEED: Readonly<Record<string, { readonly description: string; readonly fields: readonly SeedField[] }>> = {
  'file-download-request': {
    description: 'Handles file download requests.',
    fields: [
      ['modelId', 'string', '✓', 'The unique identifier for the model to be downloaded.'],
      ['storageLocation', 'object', '✓', 'The storage location of the model.'],
    ],
  },
  'model-discovery-folder-processed-event': {
    description: 'Handles model discovery folder processed events.',
    fields: [
      ['connectionId', 'string', '✓', 'The unique identifier for the connection.'],
      ['folderPath', 'string', '✓', 'The path to the processed folder.'],
      ['discoveredFiles', 'array', '✓', 'A list of files discovered in the folder.'],
      ['folderSignature', 'object', '✗', 'A signature representing the state of the folder.'],
      ['processedAt', 'string', '✓', 'The timestamp when the folder was processed.'],
      ['statistics', 'object', '✓', 'Statistics about the processed folder.'],
    ],
  },
  'model-discovery-scan-found-event': {
    description: 'Handles model discovery scan found events.',
    fields: [
      ['modelId', 'string', '✓', 'The unique identifier for the model.'],
      ['name', 'string', '✓', 'The name of the model.'],
      ['fileName', 'string', '✓', 'The name of the model file.'],
      ['description', 'string', '✓', 'A description of the model.'],
      ['fileTypes', 'array', '✓', 'An array of file types associated with the model.'],
      ['size', 'number', '✓', 'The size of the model file in bytes.'],
      ['storageLocation', 'object', '✓', 'The storage location of the model.'],
      ['providerType', 'string', '✓', 'The type of the storage provider.'],
      ['metadata', 'object', '✓', 'A flexible object for additional metadata.'],
    ],
  },
  'model-discovery-scan-progress-event': {
    description: 'Handles model discovery scan progress events.',
    fields: [['payload', 'object', '✓', 'Contains the discovery scan progress details.']],
  },
  'model-discovery-scan-request': {
    description: 'Handles model discovery scan requests events.',
    fields: [['libraryId', 'string', '✓', 'The ID of the library to scan.']],
  },
  'model-metadata-generation-completed': {
    description: 'Handles model metadata generation completed.',
    fields: [
      ['modelId', 'string', '✗', 'The unique identifier for the model.'],
      ['metadata', 'object', '✓', 'The enriched metadata for the model.'],
    ],
  },
  'model-metadata-generation-request': {
    description: 'Handles model metadata generation requests.',
    fields: [
      ['modelId', 'string', '✓', 'The unique identifier for the model.'],
      ['storageConnectionId', 'string', '✓', 'The ID of the storage connection.'],
      ['filePath', 'string', '✓', 'The path to the model file.'],
      ['fileName', 'string', '✓', 'The name of the model file.'],
      ['fileSize', 'number', '✓', 'The size of the model file in bytes.'],
      ['fileLastModified', 'string', '✓', 'The last modified date of the model file.'],
      ['storageProviderType', 'string', '✓', 'The type of the storage provider.'],
      ['modelThumbnailUrl', 'string', '✗', 'The URL of the model thumbnail.'],
      ['metamodel', 'object', '✗', 'The metamodel of the model.'],
    ],
  },
  'model-metamodel-detection-found': {
    description: 'Handles model metamodel detection found.',
    fields: [['suggestions', 'array', '✗', 'List of metamodel suggestions.']],
  },
  'model-metamodel-detection-request': {
    description: 'Handles model metamodel detection requests.',
    fields: [
      ['connectionId', 'string', '✗', 'The unique identifier for the storage connection.'],
      ['folderPath', 'string', '✗', 'The path to the folder that was processed.'],
      ['discoveredFiles', 'array', '✗', 'A list of files discovered in the folder.'],
      ['folderSignature', 'object', '✓', 'A signature representing the state of the folder.'],
      ['processedAt', 'string', '✗', 'The timestamp when the folder was processed.'],
      ['statistics', 'object', '✓', 'Statistics about the processed folder.'],
    ],
  },
  'thumbnail-generation-completed': {
    description: 'Handles thumbnail generation completed.',
    fields: [
      ['originalJobId', 'string', '✓', 'The ID of the original job that requested the thumbnail generation.'],
      ['modelId', 'string', '✓', 'The ID of the model that the thumbnail was generated for.'],
      ['status', 'string', '✓', 'The status of the thumbnail generation.'],
      ['thumbnailPath', 'string', '✗', 'The path to the generated thumbnail.'],
      ['errorMessage', 'string', '✗', 'An error message if the thumbnail generation failed.'],
      ['storageLocation', 'object', '✓', 'The storage location of the model.'],
    ],
  },
  'thumbnail-generation-request': {
    description: 'Handles thumbnail generation requests.',
    fields: [
      ['modelId', 'string', '✓', 'The unique identifier for the model requiring a thumbnail.'],
      ['ownerId', 'string', '✓', 'The identifier of the user who owns the entity.'],
      ['storageLocation', 'object', '✓', 'The storage location of the model.'],
      ['previewType', 'string', '✓', "The type of preview to generate, e.g., 'default', 'static', 'glb'."],
    ],
  },
};
