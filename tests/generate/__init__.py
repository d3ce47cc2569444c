"""Tests of image generators."""
